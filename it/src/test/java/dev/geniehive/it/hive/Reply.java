package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a hive answered to one request on a connection of its own.
 *
 * @param head its status and headers
 * @param text its body
 */
record Reply(RawClient.Head head, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply get(Launched hive, String target, String... headers) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            return of(client.get(target, headers));
        }
    }

    /** {@return the answer to a request with the operator's key} */
    static Reply getAsOperator(Launched hive, String target) throws IOException {
        return get(hive, target, "Authorization: Bearer " + Hive.ADMIN_KEY);
    }

    static Reply post(Launched hive, String target, String json, String... headers) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            return of(client.post(target, json, headers));
        }
    }

    /** {@return the answer to bytes that are sent as they are} */
    static Reply raw(Launched hive, byte[] request) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            return of(client.send(request));
        }
    }

    static Reply raw(Launched hive, String request) throws IOException {
        return raw(hive, request.getBytes(StandardCharsets.UTF_8));
    }

    static Reply of(RawClient client) throws IOException {
        return new Reply(client.head(), client.text());
    }

    int status() {
        return head.status();
    }

    Optional<String> header(String name) {
        return head.header(name);
    }

    JsonNode json() throws IOException {
        return JSON.readTree(text);
    }

    /** {@return the inside of OpenAI's envelope, once it is certain to be one} */
    JsonNode error() throws IOException {
        assertThat(header("content-type").orElse("")).startsWith("application/json");
        assertThat(header("x-request-id").orElse("")).matches("[A-Za-z0-9_-]{8,}");
        JsonNode whole = json();
        assertThat(whole.fieldNames()).toIterable().contains("error");
        JsonNode error = whole.get("error");
        assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
        assertThat(error.get("message").asText()).isNotBlank().endsWith(".");
        return error;
    }

    /** Is this error, and nothing else. */
    Reply refused(int status, String type, String code) throws IOException {
        assertThat(status()).as(text).isEqualTo(status);
        JsonNode error = error();
        assertThat(error.get("type").asText()).isEqualTo(type);
        assertThat(error.get("code").asText()).isEqualTo(code);
        return this;
    }
}
