package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Dialect;
import dev.geniehive.api.spi.Reply;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes on what comes out of an exchange, as it comes.
 *
 * <p>The connection's thread waits, and may itself do what is waited for. The status stays open until the answer begins,
 * or until a waiting line has to go out, which another thread writes. Each read of the reply is one
 * write and one flush, so a client that stops reading slows the engine down, and nothing piles up here.
 */
final class Relay {
    /** A stream that brings a token at a time needs no more; one that fills it gets twice as much. */
    private static final int FIRST_BUFFER_BYTES = 512;

    private static final int MOST_BUFFER_BYTES = 16 << 10;

    /** Of the longest length that is believed. */
    private static final int MOST_DIGITS = 18;

    private static final Headers OF_STREAMS = Headers.of("cache-control", "no-cache", "x-accel-buffering", "no");

    private static final Problem STOPPING = new Problem(
                    ErrorKind.UNAVAILABLE,
                    "stopping",
                    "GenieHive is stopping, and waited as long as it may for this answer (server.drain-timeout)."
                            + " Ask again when it is back.")
            .retryAfter(Duration.ofSeconds(5));

    private final Exchange exchange;
    private final Dialect dialect;
    private final Outgoing outgoing;
    private final Wire wire;
    private final Duration interval;
    private final ReentrantLock telling = new ReentrantLock();
    private boolean told;
    private volatile boolean lost;

    Relay(Answer.Relayed relayed, Outgoing outgoing, Wire wire, Duration interval) {
        this.exchange = relayed.exchange();
        this.dialect = relayed.dialect();
        this.outgoing = outgoing;
        this.wire = wire;
        this.interval = interval;
    }

    void run() throws InterruptedException, IOException {
        switch (outcome()) {
            case Progress.Answered answered -> pass(answered);
            case Progress.Failed failed -> fail(failed.problem(), failed.about());
            case Progress.Waiting waiting -> throw new IllegalStateException("still waiting: " + waiting.phase());
        }
    }

    private Progress outcome() throws InterruptedException {
        wire.remind(this::tellWaiting, interval.toNanos());
        Progress progress;
        try {
            progress = exchange.settle();
        } finally {
            wire.remindNoMore();
        }
        telling.lockInterruptibly();
        try {
            told = true;
            if (lost || wire.isGone()) {
                throw new CloseConnectionException("the client does not take the answer");
            }
        } finally {
            telling.unlock();
        }
        return progress;
    }

    /** Another thread than the one that waits. A line that has not gone out yet is enough. */
    private void tellWaiting() {
        if (!telling.tryLock()) {
            return;
        }
        try {
            if (!told && !lost && exchange.await(Duration.ZERO) instanceof Progress.Waiting waiting) {
                writeWaiting(waiting);
            }
        } catch (InterruptedException | RuntimeException e) {
            lost = true;
        } finally {
            telling.unlock();
        }
        if (lost) {
            exchange.close();
        }
    }

    private void writeWaiting(Progress.Waiting waiting) {
        byte[] line = dialect.waiting(waiting);
        if (line.length == 0) {
            return;
        }
        if (!outgoing.isCommitted()) {
            outgoing.begin(200, dialect.streamType(), OF_STREAMS, OptionalLong.empty());
        }
        outgoing.write(line, line.length);
    }

    private void pass(Progress.Answered answered) throws IOException {
        Reply reply = answered.reply();
        if (outgoing.isCommitted() && reply.status() >= 400) {
            breakOff(new Problem(
                    ErrorKind.UPSTREAM_FAILED, "The engine answered with status %d.".formatted(reply.status())));
            return;
        }
        String type = reply.headers().first("content-type").orElse("application/octet-stream");
        boolean stream = outgoing.isCommitted() || sameType(type, dialect.streamType());
        InputStream body = dialect.translate(reply);
        OptionalLong length = stream || translated(body, reply) ? OptionalLong.empty() : length(reply);
        new Copy(answered, body, type, stream, length).run();
    }

    /** The copying of one reply, with what it needs to know. */
    private final class Copy {
        private final Progress.Answered answered;
        private final InputStream body;
        private final String type;
        private final boolean stream;
        private final OptionalLong length;
        private long copied;

        Copy(Progress.Answered answered, InputStream body, String type, boolean stream, OptionalLong length) {
            this.answered = answered;
            this.body = body;
            this.type = type;
            this.stream = stream;
            this.length = length;
        }

        void run() throws IOException {
            byte[] buffer = new byte[Math.clamp(length.orElse(FIRST_BUFFER_BYTES), 1, MOST_BUFFER_BYTES)];
            try {
                for (int read; (read = body.read(buffer)) >= 0; ) {
                    begin();
                    outgoing.write(buffer, read);
                    if (stream && copied == 0) {
                        wire.watchNow(); // which another thread does, that the first token need not wait for
                    }
                    copied += read;
                    if (length.isEmpty() && read == buffer.length && read < MOST_BUFFER_BYTES) {
                        buffer = new byte[Math.min(2 * read, MOST_BUFFER_BYTES)];
                    }
                }
                begin();
            } catch (CloseConnectionException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                cutShort(problem(e));
                return;
            }
            if (length.isPresent() && copied < length.getAsLong()) {
                throw new CloseConnectionException("the engine's answer was shorter than it said");
            }
        }

        private void begin() {
            if (!outgoing.isCommitted()) {
                Headers headers = stream ? answered.about().and(OF_STREAMS) : answered.about();
                outgoing.begin(answered.reply().status(), type, headers, length);
            }
        }

        private void cutShort(Problem problem) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new CloseConnectionException("the client is gone, or the server stops");
            }
            if (outgoing.isCommitted() && !stream) {
                throw new CloseConnectionException("the engine's answer broke off");
            }
            fail(problem, answered.about());
        }
    }

    private void fail(Problem cause, Headers about) throws IOException {
        Problem problem = wire.isStopping() ? STOPPING : cause;
        if (outgoing.isCommitted()) {
            breakOff(problem);
        } else {
            outgoing.send(dialect.refused(problem), about);
        }
    }

    private void breakOff(Problem problem) {
        byte[] last = dialect.brokenOff(problem);
        outgoing.write(last, last.length);
    }

    private static Problem problem(Exception cause) {
        return switch (cause) {
            case GenieException known -> known.problem();
            case UpstreamException failed
            when failed.failure() == UpstreamException.Failure.IDLE_TIMED_OUT ->
                new Problem(ErrorKind.TIMED_OUT, said(failed));
            case UpstreamException failed -> new Problem(ErrorKind.UPSTREAM_FAILED, said(failed));
            default -> new Problem(ErrorKind.UPSTREAM_FAILED, "The engine's answer broke off.");
        };
    }

    private static String said(UpstreamException failed) {
        String message = failed.getMessage();
        return message == null ? "The engine's answer broke off." : message;
    }

    /** {@return whether the dialect made other bytes of the reply, so that its length says nothing} */
    @SuppressWarnings("ReferenceEquality") // the very same stream means the very same bytes
    private static boolean translated(InputStream body, Reply reply) {
        return body != reply.body();
    }

    private static OptionalLong length(Reply reply) {
        String digits = reply.headers().first("content-length").orElse("");
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    private static boolean sameType(String type, String other) {
        return bare(type).equals(bare(other));
    }

    private static String bare(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
