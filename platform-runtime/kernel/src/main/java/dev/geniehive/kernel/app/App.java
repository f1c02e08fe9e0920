package dev.geniehive.kernel.app;

import dev.geniehive.kernel.config.Configuration;
import java.util.List;
import java.util.Set;

/**
 * One room of a process, for example the control plane. Found by {@code ServiceLoader} on the boot layer.
 *
 * <p>Started once, closed once; all methods but {@link #prepare} and {@link #notReady} are called by one thread at a time.
 */
public interface App extends AutoCloseable {
    /** {@return the name in messages and configuration, for example {@code control}} */
    String name();

    /** {@return apps start from the lowest to the highest and close the other way round} */
    int order();

    /**
     * Has loaded what the start will need and takes a while to load. Called while the configuration is read, before and
     * beside all else and on a thread of its own; changes nothing outside of this process.
     */
    default void prepare() {}

    /**
     * Reads all of the configuration that it would use, and rejects there what it cannot accept. Called before
     * {@link #start} and before every {@link #reconfigure}; changes nothing.
     */
    void check(Configuration config);

    /**
     * Starts to work and returns; the listener opens after all apps have started.
     *
     * @return what it answers for as long as it runs
     */
    List<AppRoute> start(AppContext context);

    /**
     * Takes over a configuration that has been checked.
     *
     * @param config the whole of it
     * @param changed the keys that are new, gone or different, dotted
     */
    void reconfigure(Configuration config, Set<String> changed);

    /** {@return what keeps this app from being ready, one sentence each; empty if nothing. Called often, any thread} */
    List<String> notReady();

    /** {@return what a person at the terminal wants to know once it runs, a line each} */
    List<String> summary();

    @Override
    void close();
}
