package dev.geniehive.kernel.plugin;

/** Is told about every call into a plugin, on the thread that made it. Must be quick and must not throw. */
@FunctionalInterface
public interface CallObserver {
    /**
     * A call has returned.
     *
     * @param plugin the plugin's id
     * @param extension what was called, for example {@code provider-adapter 'openai'}
     * @param nanos how long it took
     * @param failed whether the plugin broke: an interruption, an engine that failed and an error with words for the
     *     client do not count
     */
    void called(String plugin, String extension, long nanos, boolean failed);
}
