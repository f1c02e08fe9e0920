package dev.geniehive.kernel.app;

import java.util.List;

/**
 * One room of a process, for example the control plane. Found by {@code ServiceLoader} on the boot layer.
 *
 * <p>Started once, closed once, by one thread.
 */
public interface App extends AutoCloseable {
    /** {@return the name in messages and configuration, for example {@code control}} */
    String name();

    /** {@return apps start from the lowest to the highest and close the other way round} */
    int order();

    /**
     * Starts to work and returns; the listener opens after all apps have started.
     *
     * @return what it answers for as long as it runs
     */
    List<AppRoute> start(AppContext context);

    /** {@return what keeps this app from being ready, one sentence each; empty if nothing. Called often, any thread} */
    default List<String> notReady() {
        return List.of();
    }

    @Override
    void close();
}
