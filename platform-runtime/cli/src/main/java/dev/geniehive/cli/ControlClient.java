package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Talks to a control plane.
 *
 * @param url its address, without a trailing slash
 * @param key what to show, if there is one
 */
record ControlClient(String url, Optional<String> key) {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REPLY = Duration.ofSeconds(15);

    /** {@return what it answers with 200} */
    Json get(String path) throws InterruptedException {
        Reply reply = ask(path);
        if (reply.status() != 200) {
            throw refused(reply);
        }
        return reply.json();
    }

    /**
     * What it answered.
     *
     * @param status the HTTP status
     * @param json the body
     */
    record Reply(int status, Json json) {}

    /** {@return what it answers, which has to be with this status} */
    Json expect(int status, String method, String path, Json body) throws InterruptedException {
        Reply reply = send(method, path, body);
        if (reply.status() != status) {
            throw refused(reply);
        }
        return reply.json();
    }

    /** {@return what it answers to a change that it made} */
    Json post(String path, Json body) throws InterruptedException {
        Reply reply = send("POST", path, body);
        if (reply.status() < 200 || reply.status() > 299) {
            throw refused(reply);
        }
        return reply.json();
    }

    /** {@return what it answers, whatever the status} */
    Reply ask(String path) throws InterruptedException {
        return send("GET", path, Json.nothing());
    }

    /** {@return what it answers to a change, whatever the status} */
    Reply tell(String method, String path, Json body) throws InterruptedException {
        return send(method, path, body);
    }

    private Reply send(String method, String path, Json body) throws InterruptedException {
        HttpRequest request = request(method, path, body);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            byte[] text = response.body();
            return new Reply(response.statusCode(), text.length == 0 ? Json.nothing() : Json.parse(text));
        } catch (ConnectException | HttpConnectTimeoutException nobody) {
            throw nobody();
        } catch (HttpTimeoutException late) {
            throw new CommandFailure(ExitCode.TIMED_OUT, "%s did not answer in time.".formatted(url));
        } catch (JsonException strange) {
            throw new CommandFailure(ExitCode.FAILURE, "%s does not answer like GenieHive.".formatted(url));
        } catch (IOException broken) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "%s cannot be reached: %s".formatted(url, broken));
        }
    }

    /** {@return what to say when no connection comes about} */
    CommandFailure nobody() {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "Nobody answers at %s. Is it up? Start it with: geniehive up (or geniehive control), or find out more with: geniehive doctor"
                        .formatted(url));
    }

    /** {@return the error of a reply, with the exit code for it} */
    static CommandFailure refused(Reply reply) {
        String message = reply.json().get("error").get("message").asString().orElse("It answered " + reply.status());
        return new CommandFailure(
                switch (reply.status()) {
                    case 401, 403 -> ExitCode.REFUSED;
                    case 404 -> ExitCode.NOT_FOUND;
                    case 409 -> ExitCode.CONFLICT;
                    case 504 -> ExitCode.TIMED_OUT;
                    default -> ExitCode.FAILURE;
                },
                message);
    }

    private static HttpRequest.BodyPublisher publisher(Json body) {
        return body.equals(Json.nothing())
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body.utf8());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return url;
    }

    private HttpRequest request(String method, String path, Json body) {
        return requestTo(path)
                .timeout(REPLY)
                .method(method, publisher(body))
                .header("content-type", "application/json")
                .build();
    }

    /** {@return a request with the key, of which only method and body are missing} */
    HttpRequest.Builder requestTo(String path) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(url + path));
        } catch (IllegalArgumentException noUrl) {
            throw new CommandFailure(ExitCode.USAGE, "'%s' is no address of a control plane.".formatted(url));
        }
        try {
            key.ifPresent(secret -> request.header("authorization", "Bearer " + secret));
        } catch (IllegalArgumentException unsendable) {
            throw new CommandFailure(ExitCode.USAGE, "The key holds characters that no key can have.");
        }
        return request;
    }
}
