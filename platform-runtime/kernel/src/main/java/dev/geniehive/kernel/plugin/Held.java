package dev.geniehive.kernel.plugin;

/**
 * Something that a plugin returned and that is in use for a while, such as a reply. Its plugin waits with its stop
 * until this is closed, up to the drain timeout.
 */
public interface Held<R extends AutoCloseable> extends AutoCloseable {
    /** {@return what the plugin returned} */
    R value();

    /** Closes the value, once; what the plugin throws while it does is logged. Any thread, more than once if need be. */
    @Override
    void close();
}
