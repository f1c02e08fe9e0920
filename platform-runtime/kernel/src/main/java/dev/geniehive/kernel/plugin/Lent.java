package dev.geniehive.kernel.plugin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's object, to be called through the wall and never directly. Safe for many threads if the object is.
 *
 * <p>Every call runs with the plugin's context class loader, is measured, and keeps the plugin from stopping. What a
 * plugin throws comes out as a {@code GenieException} of kind INTERNAL that names plugin and extension, also where it
 * was a {@code LinkageError}; InterruptedException, GenieException and UpstreamException come through as they are. A
 * plugin that is stopping refuses new calls with UNAVAILABLE: look the extension up again.
 */
public interface Lent<T> {
    /** {@return the id of the plugin} */
    String plugin();

    /** {@return the name of the extension} */
    String name();

    /** Calls on this very thread, without a deadline: for the path of a request. */
    <R extends @Nullable Object> R call(Call<? super T, ? extends R> call) throws InterruptedException;

    /** Calls on this very thread; the plugin counts as in use until what it returned is closed. */
    <R extends AutoCloseable> Held<R> hold(Call<? super T, ? extends R> call) throws InterruptedException;

    /**
     * Calls on a fresh virtual thread, and interrupts it when it takes too long: for everything that is not on the
     * path of a request. A caller that is interrupted interrupts the call.
     *
     * @throws dev.geniehive.api.model.GenieException of kind TIMED_OUT if the limit has passed
     */
    <R extends @Nullable Object> R callWithin(Duration limit, Call<? super T, ? extends R> call)
            throws InterruptedException;
}
