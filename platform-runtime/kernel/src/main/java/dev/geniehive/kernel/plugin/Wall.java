package dev.geniehive.kernel.plugin;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What every call into a plugin goes through: in use, context loader, measured, and nothing strange comes out. */
final class Wall {
    private final CallObserver observer;
    private final Ticker ticker;
    private final Duration deadline;

    Wall(CallObserver observer, Ticker ticker, Duration deadline) {
        this.observer = observer;
        this.ticker = ticker;
        this.deadline = deadline;
    }

    /** {@return how long a call may take where nobody says otherwise} */
    Duration deadline() {
        return deadline;
    }

    /** Calls on this thread; the caller has entered the plugin's gate. */
    <T, R extends @Nullable Object> R call(Loaded plugin, String what, T object, Call<? super T, ? extends R> call)
            throws InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(plugin.loader());
        long start = ticker.nanos();
        boolean failed = false;
        try {
            return call.on(object);
        } catch (InterruptedException | GenieException | UpstreamException e) {
            throw e;
        } catch (Throwable e) { // also an Error: a plugin's missing class must not end the platform's thread
            failed = true;
            throw broken(plugin, what, e);
        } finally {
            thread.setContextClassLoader(before);
            observer.called(plugin.id(), what, ticker.nanos() - start, failed);
        }
    }

    /** Enters, calls on a fresh thread, leaves when the call has really ended. */
    <T, R extends @Nullable Object> R callWithin(
            Loaded plugin, String what, Duration limit, T object, Call<? super T, ? extends R> call)
            throws InterruptedException {
        enter(plugin);
        try {
            return Deadline.<R>run(limit, "plugin " + plugin.id(), () -> {
                try {
                    return this.<T, R>call(plugin, what, object, call);
                } finally {
                    plugin.gate().leave();
                }
            });
        } catch (TimeoutException e) {
            throw new GenieException(
                    ErrorKind.TIMED_OUT,
                    "Plugin '%s' took more than %s over %s and was interrupted."
                            .formatted(plugin.id(), Deadline.readable(limit), what));
        } catch (ExecutionException e) {
            throw thrown(plugin, what, e);
        }
    }

    void enter(Loaded plugin) {
        if (!plugin.gate().enter()) {
            throw new GenieException(
                    ErrorKind.UNAVAILABLE,
                    "plugin_stopping",
                    "Plugin '%s' %s is stopping and takes no more calls; ask again."
                            .formatted(plugin.id(), plugin.version()));
        }
    }

    private static RuntimeException thrown(Loaded plugin, String what, ExecutionException e)
            throws InterruptedException {
        return switch (e.getCause()) {
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException ours -> ours;
            case null, default -> broken(plugin, what, e);
        };
    }

    private static GenieException broken(Loaded plugin, String what, Throwable cause) {
        return new GenieException(
                new Problem(
                        ErrorKind.INTERNAL,
                        "Plugin '%s' %s broke in %s: %s"
                                .formatted(
                                        plugin.id(),
                                        plugin.version(),
                                        what,
                                        cause.getClass().getName())),
                cause);
    }
}
