package dev.geniehive.agent.join;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.Problem;
import dev.geniehive.kernel.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Asks one control plane over HTTP. Never follows it elsewhere: what is sent is a secret between the two. Safe for use
 * by many threads at once.
 */
final class ControlPlaneClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private final URI url;
    private final Duration patience;
    private final HttpClient http;

    /** @param patience for all of an answer */
    ControlPlaneClient(URI url, Duration patience) {
        this.url = url;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /**
     * {@return what it answers}
     *
     * @throws GenieException if it refuses, with its own words and kind; {@code UNAVAILABLE} or {@code TIMED_OUT} if it
     *     cannot be reached
     */
    Json post(String path, Secret key, Json body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(patience)
                .header("authorization", "Bearer " + key.reveal())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.utf8()))
                .build();
        HttpResponse<byte[]> answer = send(request);
        Optional<Json> json = read(answer.body());
        if (answer.statusCode() != ErrorStatus.OK) {
            throw refusal(answer.statusCode(), json.orElse(Json.nothing()));
        }
        return json.orElseThrow(() -> notOurs("it did not answer JSON"));
    }

    /** {@return an answer that makes no sense} */
    GenieException notOurs(String why) {
        return new GenieException(
                ErrorKind.UPSTREAM_FAILED,
                "%s does not answer like a GenieHive control plane: %s. Check the address.".formatted(url, why));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** The client's own timeout ends with the head of the answer; ours goes on to its last byte. */
    private HttpResponse<byte[]> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unreachable(ErrorKind.UNAVAILABLE, "the agent is stopping", stopped);
        } catch (TimeoutException slow) {
            throw unreachable(ErrorKind.TIMED_OUT, "no answer within %d s".formatted(patience.toSeconds()), slow);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause() == null ? failed : failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private GenieException failure(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException slow -> unreachable(ErrorKind.TIMED_OUT, "no answer in time", slow);
            case IOException broken -> unreachable(ErrorKind.UNAVAILABLE, words(broken), broken);
            default -> unreachable(ErrorKind.INTERNAL, words(cause), cause);
        };
    }

    private GenieException unreachable(ErrorKind kind, String why, Throwable cause) {
        return new GenieException(new Problem(kind, "%s cannot be reached: %s.".formatted(url, why)), cause);
    }

    private static String words(Throwable failure) {
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

    private static Optional<Json> read(byte[] body) {
        try {
            return Optional.of(Json.parse(body));
        } catch (JsonException _) {
            return Optional.empty();
        }
    }

    /** What a status means. */
    private static final class ErrorStatus {
        static final int OK = 200;
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
