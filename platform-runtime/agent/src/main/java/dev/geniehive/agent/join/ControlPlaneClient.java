package dev.geniehive.agent.join;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.kernel.config.Secret;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.kernel.upstream.Upstreams;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks one control plane over HTTP. Never follows it elsewhere: what is sent is a secret between the two. Safe for use
 * by many threads at once.
 *
 * <p>It does so with the client to engines, which is there anyway; the JDK's would bring a thousand classes with it. A
 * question that dies unheard on a kept connection is asked once more on a new one: all questions may be repeated.
 */
final class ControlPlaneClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final String STOPPING = "the agent is stopping";

    private final Upstreams upstreams;
    private final URI url;
    private final Duration patience;
    private final Set<FutureTask<Probe>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param patience for all of an answer, from 1 ms to 1 day */
    ControlPlaneClient(Upstreams upstreams, URI url, Duration patience) {
        this.upstreams = upstreams;
        this.url = url;
        this.patience = patience;
    }

    /**
     * {@return what it answers}
     *
     * @throws GenieException if it refuses, with its own words and kind; {@code UNAVAILABLE} or {@code TIMED_OUT} if it
     *     cannot be reached; {@code UPSTREAM_FAILED} if what answers there is no control plane
     */
    Json post(String path, Secret key, Json body) {
        Probe answer = ask(way(key), UpstreamRequest.post(path, Body.of(body.utf8(), "application/json")));
        Json json = answer.json();
        if (!answer.ok()) {
            throw refusal(answer.status(), json);
        }
        if (json.equals(Json.nothing())) {
            throw notOurs("it did not answer JSON");
        }
        return json;
    }

    /** {@return an answer that makes no sense} */
    GenieException notOurs(String why) {
        return new GenieException(
                ErrorKind.UPSTREAM_FAILED,
                "%s does not answer like a GenieHive control plane: %s. Check the address.".formatted(url, why));
    }

    /** Hangs up; who asks now or later is told that the agent is stopping. */
    @Override
    public void close() {
        closed = true;
        running.forEach(question -> question.cancel(true));
    }

    private Upstream way(Secret key) {
        Timeouts timeouts = new Timeouts(CONNECT, patience, patience, patience);
        return upstreams.to(Target.of(url.toString(), url).withKey(key.reveal()).withTimeouts(timeouts));
    }

    /**
     * On a thread of its own, since the client's timeouts are for each step and ours is for all of them to the last byte:
     * when it is over, that thread is interrupted, which closes the connection whatever it waits for.
     */
    private Probe ask(Upstream way, UpstreamRequest request) {
        FutureTask<Probe> question = new FutureTask<>(() -> Probe.send(way, request));
        running.add(question);
        if (closed) {
            question.cancel(true);
        }
        try {
            Thread.ofVirtual().name("control-plane-call").start(question);
            return question.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unreachable(ErrorKind.UNAVAILABLE, STOPPING, stopped);
        } catch (CancellationException stopped) {
            throw unreachable(ErrorKind.UNAVAILABLE, STOPPING, stopped);
        } catch (TimeoutException slow) {
            throw tooSlow(slow);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause() == null ? failed : failed.getCause());
        } finally {
            question.cancel(true);
            running.remove(question);
        }
    }

    private GenieException failure(Throwable cause) {
        return cause instanceof UpstreamException told
                ? failure(told)
                : unreachable(ErrorKind.INTERNAL, words(cause), cause);
    }

    private GenieException failure(UpstreamException told) {
        return switch (told.failure()) {
            case CONNECT_TIMED_OUT ->
                unreachable(ErrorKind.TIMED_OUT, "no connection within %d s".formatted(CONNECT.toSeconds()), told);
            case FIRST_BYTE_TIMED_OUT, IDLE_TIMED_OUT, WRITE_TIMED_OUT -> tooSlow(told);
            case REFUSED, BUSY, BROKEN -> unreachable(ErrorKind.UNAVAILABLE, words(told.getCause(), told), told);
            case MALFORMED -> notOurs(words(told.getCause(), told));
            case CANCELLED -> unreachable(ErrorKind.UNAVAILABLE, STOPPING, told);
        };
    }

    private GenieException tooSlow(Exception slow) {
        return unreachable(ErrorKind.TIMED_OUT, "no answer within %d s".formatted(patience.toSeconds()), slow);
    }

    private GenieException unreachable(ErrorKind kind, String why, Throwable cause) {
        return new GenieException(new Problem(kind, "%s cannot be reached: %s.".formatted(url, why)), cause);
    }

    private static String words(@Nullable Throwable cause, UpstreamException told) {
        return cause == null ? told.getMessage() : words(cause);
    }

    private static String words(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "its host name is not known";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private GenieException refusal(int status, Json body) {
        ErrorKind kind = ErrorStatus.kind(status);
        Json error = body.get("error");
        String message =
                error.get("message").asString().orElse("%s answered with HTTP status %d.".formatted(url, status));
        return new GenieException(kind, error.get("code").asString().orElse(kind.code()), message);
    }

    /** What a status means. */
    private static final class ErrorStatus {
        private static final int SERVER = 500;

        private ErrorStatus() {}

        static ErrorKind kind(int status) {
            return Stream.of(ErrorKind.values())
                    .filter(kind -> kind.status() == status)
                    .findFirst()
                    .orElse(status < SERVER ? ErrorKind.INVALID_REQUEST : ErrorKind.UPSTREAM_FAILED);
        }
    }
}
