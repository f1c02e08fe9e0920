package dev.geniehive.kernel.plugin;

import dev.geniehive.kernel.app.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of this process: loads what lies in the folders, and keeps up with them.
 *
 * <p>Everything about the life of plugins happens on one thread of its own; whoever asks for it waits, and giving up on
 * the wait stops nothing. Reading is free, from any thread.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);

    private final PluginSettings settings;
    private final Registry registry = new Registry();
    private final Listing listing;
    private final Life life;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("plugins").factory());
    private final AtomicReference<Optional<Future<Boolean>>> begun = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Watcher>> watcher = new AtomicReference<>(Optional.empty());

    /**
     * @param settings where plugins come from and how long they may take
     * @param observer is told about every call into a plugin
     * @param ticker measures calls and how long an old version stays
     */
    public Plugins(PluginSettings settings, CallObserver observer, Ticker ticker) {
        this.settings = settings;
        Leftovers leftovers = new Leftovers(ticker, settings.heldAfter());
        this.listing = new Listing(leftovers);
        Wall wall = new Wall(observer, ticker, settings.callDeadline());
        this.life = new Life(settings, wall, registry, listing, leftovers);
    }

    /**
     * Begins to load what is there, and returns at once. Whoever asks for the plugins, or for what they offer, waits
     * until everything runs that can.
     */
    public void begin() {
        begun.set(Optional.of(thread.submit(() -> {
            life.scan();
            return true;
        })));
    }

    /**
     * Loads and starts what is there. Returns when everything runs that can; a plugin that cannot is listed.
     *
     * @throws InterruptedException if the caller gives up; the plugins go on starting
     */
    public void start() throws InterruptedException {
        onThread(() -> {
            life.scan();
            return true;
        });
    }

    /** From now on notices by itself what changes in the folders, until this is closed. */
    public void watch() {
        Watcher fresh = new Watcher(settings.folders(), settings.settle(), settings.poll(), () -> onThread(life::look));
        watcher.getAndSet(Optional.of(fresh)).ifPresent(Watcher::close);
    }

    /**
     * Looks at the folders now, and tries again what failed before. Returns when new versions have taken over and the
     * old ones are gone, or have used up the drain timeout. Not to be called by a listener of {@link Extensions}.
     *
     * @throws InterruptedException if the caller gives up; the reload goes on
     */
    public void reload() throws InterruptedException {
        start();
    }

    /** {@return all plugins as they are now, ordered by id} */
    public List<PluginInfo> list() {
        awaitBegun();
        return listing.now();
    }

    /** {@return what the running plugins offer} */
    public Extensions extensions() {
        awaitBegun();
        return registry;
    }

    /** Stops all plugins, after running calls and held replies have ended or the drain timeout has passed. */
    @Override
    public void close() {
        watcher.getAndSet(Optional.empty()).ifPresent(Watcher::close);
        try {
            onThread(() -> {
                life.end();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            log.debug("Plugins were closed twice", e);
        }
        thread.shutdown();
    }

    /** Returns once what was begun is done; at once where nothing was. */
    public void awaitBegun() {
        Optional<Future<Boolean>> loading = begun.get();
        if (loading.isEmpty() || life.isCurrent()) {
            return;
        }
        try {
            loading.get().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the plugins could not be looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the plugins were loaded", e);
        }
        begun.compareAndSet(loading, Optional.empty());
    }

    private <R> R onThread(Callable<R> work) throws InterruptedException {
        if (life.isCurrent()) {
            throw new IllegalStateException("plugins cannot be changed by someone who is being told of a change");
        }
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the plugins could not be looked at", e.getCause());
        }
    }
}
