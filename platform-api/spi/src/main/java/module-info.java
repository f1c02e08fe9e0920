import org.jspecify.annotations.NullMarked;

/**
 * Everything a plugin may touch.
 *
 * <p>{@code model} is the data that both sides read, {@code spi} is what plugins implement, {@code host} is what the
 * platform implements and lends to plugins. Only types of {@code java.base} and of this module cross the wall.
 */
@NullMarked
module dev.geniehive.api {
    requires static transitive org.jspecify;

    exports dev.geniehive.api.host;
    exports dev.geniehive.api.model;
    exports dev.geniehive.api.spi;
}
