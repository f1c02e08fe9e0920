package dev.geniehive.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One connection and the platform thread that alone uses it: SQLite's native calls would pin the carrier of a virtual
 * one. Callers wait for their turn, at most as long as the settings say.
 */
final class Lane implements AutoCloseable {
    private final ExecutorService thread;
    private final Handle handle;
    private final Path file;
    private final Duration patience;

    private Lane(ExecutorService thread, Handle handle, Path file, Duration patience) {
        this.thread = thread;
        this.handle = handle;
        this.file = file;
        this.patience = patience;
    }

    /** Something to do with the connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Handle handle) throws IOException;
    }

    static Lane open(String name, StoreSettings settings, boolean readOnly) throws IOException {
        ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        try {
            Connection connection = DriverManager.getConnection(settings.url(), properties(settings, readOnly));
            return new Lane(thread, Statements.over(connection), settings.file(), settings.patience());
        } catch (SQLException refused) {
            thread.shutdownNow();
            throw translated(refused, settings.file());
        }
    }

    /** Names of the driver's own properties. */
    private static Properties properties(StoreSettings settings, boolean readOnly) {
        Properties properties = new Properties();
        properties.setProperty(
                "busy_timeout", Long.toString(settings.busyTimeout().toMillis()));
        properties.setProperty("foreign_keys", "true");
        if (readOnly) {
            properties.setProperty("query_only", "true");
        } else {
            properties.setProperty("journal_mode", "WAL");
            properties.setProperty("synchronous", "FULL");
            properties.setProperty("transaction_mode", "IMMEDIATE");
        }
        return properties;
    }

    /** {@return what the work returns} */
    <T> T run(Work<T> work) throws IOException {
        Future<T> turn;
        try {
            turn = thread.submit(() -> work.run(handle));
        } catch (RejectedExecutionException closed) {
            throw new IOException("it is closed", closed);
        }
        try {
            return turn.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw translated(Objects.requireNonNullElse(failed.getCause(), failed), file);
        } catch (TimeoutException late) {
            turn.cancel(false);
            throw new IOException("it was busy for more than " + patience, late);
        } catch (InterruptedException stopped) {
            turn.cancel(false);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for it", stopped);
        }
    }

    @Override
    public void close() {
        thread.execute(handle::close);
        thread.close();
    }

    static String damaged(Path file, String verdict) {
        return ("%s is damaged (%s). It was left as it is: restore a copy that was kept beside it (%s.before-…),"
                        + " or move it away to begin anew.")
                .formatted(file, verdict, file.getFileName());
    }

    private static IOException translated(Throwable failure, Path file) {
        if (failure instanceof IOException known) {
            return known;
        }
        Throwable cause = failure instanceof JdbiException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SQLException sql) {
            String message = String.valueOf(sql.getMessage());
            if (message.contains("SQLITE_NOTADB") || message.contains("SQLITE_CORRUPT")) {
                return new IOException(damaged(file, message), sql);
            }
            return new IOException(message, sql);
        }
        if (failure instanceof RuntimeException unforeseen) {
            throw unforeseen;
        }
        return new IOException(String.valueOf(failure.getMessage()), failure);
    }
}
