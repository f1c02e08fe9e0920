package dev.geniehive.kernel.upstream;

import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words for what went wrong with one request.
 *
 * @param name of the engine
 * @param asked method and path; no query, which may hold anything
 * @param timeouts that were allowed
 */
record Failures(String name, String asked, Timeouts timeouts) {
    static Failures of(Target target, UpstreamRequest request) {
        int query = request.path().indexOf('?');
        String path = query < 0 ? request.path() : request.path().substring(0, query);
        return new Failures(target.name(), request.method() + " " + path, target.timeouts());
    }

    UpstreamException full(int limit, boolean sent) {
        return told(
                Failure.BUSY,
                sent,
                "did not get to %s: all of its %d connections stayed in use for %s"
                        .formatted(asked, limit, words(timeouts.connect())),
                null);
    }

    UpstreamException connecting(IOException e, boolean sent) {
        if (isTimeout(e)) {
            String found = "gave no connection for %s within %s".formatted(asked, words(timeouts.connect()));
            return told(Failure.CONNECT_TIMED_OUT, sent, found, e);
        }
        if (e instanceof SSLException) {
            String found = "gave no secure connection for %s: %s".formatted(asked, e.getMessage());
            return told(Failure.BROKEN, sent, found, e);
        }
        String reason =
                e instanceof UnknownHostException ? "its host name is not known" : String.valueOf(e.getMessage());
        return told(Failure.REFUSED, sent, "cannot be reached for %s: %s".formatted(asked, reason), e);
    }

    /** @param started whether the reply had begun */
    UpstreamException awaitingHead(IOException e, @Nullable Failure killed, boolean started) {
        if (killed == null && e instanceof SocketTimeoutException && !started) {
            String found = "did not start to answer %s within %s".formatted(asked, words(timeouts.firstByte()));
            return told(Failure.FIRST_BYTE_TIMED_OUT, true, found, e);
        }
        if (killed == null && !started && !(e instanceof MalformedReplyException)) {
            String found = "broke off before it answered %s: %s".formatted(asked, reason(e));
            return told(Failure.BROKEN, true, found, e);
        }
        return reading(e, killed);
    }

    UpstreamException reading(IOException e, @Nullable Failure killed) {
        if (killed == Failure.WRITE_TIMED_OUT) {
            String found = "took no more bytes of %s for %s".formatted(asked, words(timeouts.write()));
            return told(killed, true, found, e);
        }
        if (killed != null) {
            return cancelled(e);
        }
        if (e instanceof MalformedReplyException) {
            String found = "sent a reply to %s that cannot be read: %s".formatted(asked, e.getMessage());
            return told(Failure.MALFORMED, true, found, e);
        }
        if (e instanceof SocketTimeoutException) {
            String found = "paused for %s in the middle of its reply to %s".formatted(words(timeouts.idle()), asked);
            return told(Failure.IDLE_TIMED_OUT, true, found, e);
        }
        String found = "broke off in the middle of its reply to %s: %s".formatted(asked, reason(e));
        return told(Failure.BROKEN, true, found, e);
    }

    UpstreamException cancelled(@Nullable IOException e) {
        return told(Failure.CANCELLED, true, "was hung up on while it answered %s".formatted(asked), e);
    }

    UpstreamException closed() {
        return told(Failure.CANCELLED, false, "was not asked for %s: this process is stopping".formatted(asked), null);
    }

    private UpstreamException told(Failure failure, boolean sent, String found, @Nullable IOException cause) {
        String message = name + " " + found + ".";
        return cause == null
                ? new UpstreamException(failure, sent, message)
                : new UpstreamException(failure, sent, message, cause);
    }

    /** TLS wraps what it does not know. */
    private static boolean isTimeout(IOException e) {
        return e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String words(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
