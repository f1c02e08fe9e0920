import org.jspecify.annotations.NullMarked;

/** Contract tests and fakes for plugin authors. */
@NullMarked
module dev.geniehive.testkit {
    requires transitive dev.geniehive.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.geniehive.testkit;
}
