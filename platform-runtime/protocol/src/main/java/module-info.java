import org.jspecify.annotations.NullMarked;

/** What control plane and node agent say to each other. Words, not code: neither sees the other. */
@NullMarked
module dev.geniehive.protocol {
    requires transitive dev.geniehive.api;
    requires static org.jspecify;

    exports dev.geniehive.protocol;
}
