package dev.geniehive.kernel.body;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body, window by window, and keeps what it read: in memory as long as there is room, then in a file. Used by
 * one thread.
 *
 * <p>While a body spools, it has one window of {@value #WINDOW} bytes outside of the budget.
 */
final class Intake implements AutoCloseable {
    private static final int WINDOW = 8192;

    private final InputStream in;
    private final long declared;
    private final long maxBytes;
    private final long memoryPerBody;
    private final Budget memory;
    private final Spool spool;

    private byte[] window = new byte[0];
    private int from;
    private int to;
    private long length;
    private @Nullable SpoolFile file;
    private boolean kept;

    /** @param declared the length that the client announced, -1 if it did not */
    Intake(InputStream in, long declared, long maxBytes, long memoryPerBody, Budget memory, Spool spool) {
        this.in = in;
        this.declared = declared;
        this.maxBytes = maxBytes;
        this.memoryPerBody = memoryPerBody;
        this.memory = memory;
        this.spool = spool;
        if (declared > maxBytes) {
            throw tooLarge("%d bytes".formatted(declared));
        }
    }

    /** {@return the array that the last bytes lie in; another one after each {@link #read}} */
    byte[] window() {
        return window;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** {@return where in the body the window's array begins} */
    long offset() {
        return length - to;
    }

    /** Waits for more bytes. {@return whether there are any; if not, the body is complete} */
    boolean read() {
        if (declared >= 0 && length == declared) {
            return false;
        }
        makeRoom();
        int read = fill();
        if (read < 0) {
            return ended();
        }
        from = file == null ? to : 0;
        to = from + read;
        length += read;
        if (length > maxBytes) {
            throw tooLarge("more than %d bytes".formatted(maxBytes));
        }
        if (file != null) {
            spool(file, window, from, to);
        }
        return true;
    }

    private boolean ended() {
        if (declared >= 0) {
            throw truncated("after %d of %d bytes".formatted(length, declared), null);
        }
        return false;
    }

    private int fill() {
        int start = file == null ? to : 0;
        try {
            int room = window.length - start;
            return in.read(window, start, declared < 0 ? room : (int) Math.min(room, declared - length));
        } catch (SocketTimeoutException e) {
            throw new GenieException(
                    new Problem(
                            ErrorKind.REQUEST_TIMED_OUT, "The body stopped arriving after %d bytes.".formatted(length)),
                    e);
        } catch (IOException | UncheckedIOException e) {
            throw truncated("after %d bytes".formatted(length), e);
        }
    }

    private void makeRoom() {
        if (file != null || to < window.length) {
            return;
        }
        long wanted = Math.min(memoryPerBody, Math.max(WINDOW, 2L * window.length));
        if (declared >= 0) {
            wanted = declared > memoryPerBody ? 0 : Math.min(declared, wanted);
        }
        if (wanted > window.length && memory.take(wanted)) {
            byte[] larger = Arrays.copyOf(window, (int) wanted);
            memory.give(window.length);
            window = larger;
        } else {
            spill();
        }
    }

    private void spill() {
        try {
            file = spool.create();
        } catch (IOException e) {
            throw spoolFailed(e);
        }
        spool(file, window, 0, to);
        memory.give(window.length);
        window = new byte[WINDOW];
        from = 0;
        to = 0;
    }

    private static void spool(SpoolFile file, byte[] bytes, int from, int to) {
        try {
            file.write(bytes, from, to);
        } catch (IOException e) {
            throw spoolFailed(e);
        }
    }

    /** {@return what was read; from now on it is the caller's to release} */
    Content keep() {
        if (file == null) {
            kept = true;
            return new Content.InMemory(window, to, memory);
        }
        try {
            file.written();
        } catch (IOException e) {
            throw spoolFailed(e);
        }
        kept = true;
        return new Content.OnDisk(file);
    }

    /** Forgets what was read, unless somebody keeps it. */
    @Override
    public void close() {
        if (kept) {
            return;
        }
        if (file == null) {
            memory.give(window.length);
        } else {
            file.delete();
        }
    }

    private GenieException tooLarge(String found) {
        return new GenieException(
                ErrorKind.TOO_LARGE,
                "The body has %s, and at most %d are taken. The operator can raise server.max-body."
                        .formatted(found, maxBytes));
    }

    private static GenieException truncated(String where, @Nullable Exception cause) {
        Problem problem =
                new Problem(ErrorKind.INVALID_REQUEST, "truncated_body", "The body broke off %s.".formatted(where));
        return cause == null ? new GenieException(problem) : new GenieException(problem, cause);
    }

    private static GenieException spoolFailed(IOException cause) {
        return new GenieException(
                new Problem(
                        ErrorKind.INTERNAL,
                        "spool_failed",
                        "The body could not be written to the spool directory. The operator finds why in the log."),
                cause);
    }
}
