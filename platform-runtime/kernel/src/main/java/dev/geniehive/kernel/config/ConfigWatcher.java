package dev.geniehive.kernel.config;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the file changed and puts the new configuration into force, if it is good.
 *
 * <p>A change counts once the file was the same at two looks in a row, so that a file which is still being written is
 * left alone. A bad configuration is logged once and the old one stays. Files that placeholders name are not watched.
 */
public final class ConfigWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConfigWatcher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Consumer<Configuration> validator;
    private final List<Consumer<ConfigChange>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Configuration current;
    private String seen;
    private @Nullable String settling;
    private volatile @Nullable Thread thread;

    /**
     * Watches the sources of a configuration.
     *
     * @param current what holds; everyone has read it
     * @param validator reads a candidate as everyone would, without doing anything; may throw to refuse it
     */
    public ConfigWatcher(Configuration current, Consumer<Configuration> validator) {
        this.current = current;
        this.validator = validator;
        this.seen = current.hash();
    }

    /** {@return what holds now} */
    public Configuration current() {
        return current;
    }

    /** Has somebody told of changes, one at a time, on the thread that noticed them. */
    public void onChange(Consumer<ConfigChange> listener) {
        listeners.add(listener);
    }

    /** Starts to look once a second. */
    public void start() {
        lock.lock();
        try {
            if (thread == null) {
                thread = Thread.ofVirtual().name("config-watcher").start(this::watch);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks now. What differs from the last look is left to settle until the next one. */
    public void checkNow() {
        lock.lock();
        try {
            String hash = look();
            if (hash.equals(seen)) {
                settling = null;
            } else if (!hash.equals(settling)) {
                settling = hash;
            } else {
                settling = null;
                reload(hash);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                checkNow();
            }
        } catch (InterruptedException _) {
            log.debug("Stopped watching the configuration");
        }
    }

    private String look() {
        return current.sources()
                .locate()
                .map(located -> YamlFile.hash(located.path()))
                .orElse("");
    }

    private void reload(String hash) {
        seen = hash;
        if (hash.isEmpty()) {
            log.warn("The configuration file is gone; what it said still holds");
            return;
        }
        Configuration next = Configuration.load(current.sources());
        seen = next.hash();
        try {
            validator.accept(next);
            next.check();
        } catch (ConfigException e) {
            log.warn(
                    "The changed configuration is not used, the old one still holds; problems: {}",
                    e.problems().size());
            e.problems().forEach(problem -> log.warn("{}", problem));
            return;
        } catch (RuntimeException e) {
            log.warn("The changed configuration is not used, the old one still holds: it could not be checked", e);
            return;
        }
        apply(next);
    }

    private void apply(Configuration next) {
        ConfigChange change = ConfigChange.between(current, next);
        current = next;
        if (change.keys().isEmpty()) {
            return;
        }
        log.info("Reloaded the configuration from {}, changed: {}", next.file().orElseThrow(), change.keys());
        for (Consumer<ConfigChange> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                log.error("A part of the system could not take over the changed configuration", e);
            }
        }
    }
}
