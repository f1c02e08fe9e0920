package dev.geniehive.kernel.plugin;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folders when something has happened in them, and now and then anyway: network file systems tell
 * nothing, and a folder may come later.
 */
final class Watcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watcher.class);

    private final List<Path> folders;
    private final Duration settle;
    private final Duration poll;
    private final Look look;
    private final Optional<WatchService> service;
    private final Map<Path, WatchKey> watched = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Looks once. */
    @FunctionalInterface
    interface Look {
        /** {@return whether something was seen in the middle of a change, so that another look is due soon} */
        boolean unsettled() throws InterruptedException;
    }

    Watcher(List<Path> folders, Duration settle, Duration poll, Look look) {
        this.folders = folders;
        this.settle = settle;
        this.poll = poll;
        this.look = look;
        this.service = service();
        Thread.ofVirtual().name("plugin-watch").start(this::run);
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                while (unsettled()) {
                    if (closed.await(settle.toNanos(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                }
                if (!watch()) {
                    awaitEvent();
                }
            }
        } catch (ClosedWatchServiceException e) {
            // closed while it waited
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A look that fails is not the last one. */
    private boolean unsettled() throws InterruptedException {
        try {
            return look.unsettled();
        } catch (RuntimeException e) {
            if (closed.getCount() > 0) {
                log.error("Could not look after the plugins", e);
            }
            return false;
        }
    }

    private void awaitEvent() throws InterruptedException {
        if (service.isEmpty()) {
            closed.await(poll.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        WatchKey key = service.get().poll(poll.toNanos(), TimeUnit.NANOSECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = service.get().poll();
        }
    }

    /** {@return whether a folder is watched that was not before: what came in between is still to be seen} */
    private boolean watch() {
        boolean any = false;
        for (Path folder : folders) {
            WatchKey known = watched.get(folder);
            if (service.isPresent() && (known == null || !known.isValid()) && Files.isDirectory(folder)) {
                any |= register(folder, service.get());
            }
        }
        return any;
    }

    private boolean register(Path folder, WatchService with) {
        try {
            watched.put(
                    folder,
                    folder.register(
                            with,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
            return true;
        } catch (IOException e) {
            log.debug("Cannot watch {}; it is looked at every {}", folder, poll, e);
            return false;
        }
    }

    private static Optional<WatchService> service() {
        try {
            return Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            log.debug("The system does not tell of changes", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        service.ifPresent(it -> {
            try {
                it.close();
            } catch (IOException e) {
                log.debug("Could not stop watching", e);
            }
        });
    }
}
