package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Asks addresses of which nothing is known yet. Whatever happens is an outcome, never an exception. */
record Web() {
    /** Why there was no answer. */
    enum Trouble {
        NONE,
        BAD_ADDRESS,
        UNKNOWN_HOST,
        REFUSED,
        TIMED_OUT,
        TLS,
        BROKEN
    }

    /**
     * What became of a request.
     *
     * @param status 0 if there was no answer
     * @param json the body; nothing if it is not JSON
     * @param detail what the operating system or the library said
     */
    record Outcome(Trouble trouble, int status, HttpHeaders headers, Json json, String detail) {
        static Outcome failed(Trouble trouble, String detail) {
            return new Outcome(trouble, 0, HttpHeaders.of(Map.of(), (name, value) -> true), Json.nothing(), detail);
        }

        /** {@return whether this is what {@code /livez} of GenieHive looks like} */
        boolean isGenieHive() {
            return status == 200
                    && headers.firstValue("x-request-id").isPresent()
                    && json.get("status").asString().isPresent();
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /** {@return the words of an error} */
        String message() {
            return json.get("error").get("message").asString().orElse("it answered " + status);
        }
    }

    Outcome get(String url, String key, Duration deadline) throws InterruptedException {
        return send("GET", url, key, Json.nothing(), Map.of(), deadline);
    }

    /**
     * @param key sent as a bearer token; none if empty
     * @param body nothing for none
     */
    Outcome send(String method, String url, String key, Json body, Map<String, String> headers, Duration deadline)
            throws InterruptedException {
        HttpRequest request;
        try {
            request = request(method, url, key, body, headers, deadline);
        } catch (IllegalArgumentException noUrl) {
            return Outcome.failed(Trouble.BAD_ADDRESS, "");
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline)
                .build()) {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Outcome(Trouble.NONE, response.statusCode(), response.headers(), json(response.body()), "");
        } catch (IOException broken) {
            return Outcome.failed(trouble(broken), broken.toString());
        }
    }

    private static HttpRequest request(
            String method, String url, String key, Json body, Map<String, String> headers, Duration deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(deadline)
                .method(
                        method,
                        body.equals(Json.nothing())
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body.utf8()));
        if (!body.equals(Json.nothing())) {
            request.header("content-type", "application/json");
        }
        if (!key.isEmpty()) {
            request.header("authorization", "Bearer " + key);
        }
        headers.forEach(request::header);
        return request.build();
    }

    private static Trouble trouble(IOException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return Trouble.UNKNOWN_HOST;
            }
            if (cause instanceof SSLException) {
                return Trouble.TLS;
            }
        }
        return switch (broken) {
            case HttpTimeoutException late -> Trouble.TIMED_OUT;
            case ConnectException refused -> Trouble.REFUSED;
            default -> Trouble.BROKEN;
        };
    }

    private static Json json(byte[] body) {
        try {
            return Json.parse(body);
        } catch (JsonException other) {
            return Json.nothing();
        }
    }
}
