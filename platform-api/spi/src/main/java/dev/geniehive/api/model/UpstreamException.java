package dev.geniehive.api.model;

import java.util.Objects;

/**
 * Talking to an engine failed. Thrown by {@code Upstream.send} when no reply started, and by the stream of a reply's
 * body when it ended before its end.
 */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final boolean sent;

    /**
     * @param failure what happened
     * @param sent whether the engine may have seen any of the request
     * @param message what was asked, what was found; for a person
     */
    public UpstreamException(Failure failure, boolean sent, String message) {
        super(message);
        this.failure = failure;
        this.sent = sent;
    }

    public UpstreamException(Failure failure, boolean sent, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.sent = sent;
    }

    /** {@return what was asked and what was found} */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), failure.name());
    }

    /** {@return what happened} */
    public Failure failure() {
        return failure;
    }

    /** {@return whether the engine may have seen any of the request: if not, sending it again is harmless} */
    public boolean sent() {
        return sent;
    }

    /** How talking to an engine can fail. */
    public enum Failure {
        /** Nobody listens there, or the name does not resolve. */
        REFUSED,
        /** No connection within the connect timeout. */
        CONNECT_TIMED_OUT,
        /** The engine, or the node in front of it, said that it takes no more now. */
        BUSY,
        /** The connection was made and the reply did not start in time. */
        FIRST_BYTE_TIMED_OUT,
        /** The reply started and then paused for too long. */
        IDLE_TIMED_OUT,
        /** The engine did not take the request's bytes in time. */
        WRITE_TIMED_OUT,
        /** The connection ended before the reply did. */
        BROKEN,
        /** What came back is not HTTP, or broke a limit. */
        MALFORMED,
        /** We hung up: the caller closed the reply or gave up. */
        CANCELLED
    }
}
