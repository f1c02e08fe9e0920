package dev.geniehive.it.hive;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** For what the tests of a class share. */
final class Fixture {
    private Fixture() {}

    /** {@return what must be there by now} */
    static <T> T present(@Nullable T thing) {
        return Objects.requireNonNull(thing, "the fixture did not start");
    }

    /** Closes what there is, the first first. */
    static void closeAll(@Nullable AutoCloseable... things) {
        for (AutoCloseable thing : things) {
            try {
                if (thing != null) {
                    thing.close();
                }
            } catch (Exception broken) {
                throw new IllegalStateException(thing + " does not close", broken);
            }
        }
    }
}
