package dev.geniehive.it.hive;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;

/** What a client got. */
record Outcome(RawClient.Head head, String text) {
    /** The path of chats. */
    static final String CHAT = "/v1/chat/completions";

    /** {@return the body of a chat} */
    static String chat(String model, boolean stream) {
        return "{\"model\": \"%s\", \"stream\": %b, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}"
                .formatted(model, stream);
    }

    /** Asks on a connection of its own and reads all of the answer. */
    static Outcome of(int port, String model, boolean stream) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            client.post(CHAT, chat(model, stream));
            return read(client);
        }
    }

    /** {@return what the operator's API answers} */
    static String get(int port, String path) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            client.get(path, "Authorization: Bearer " + Hive.ADMIN_KEY);
            return read(client).text();
        }
    }

    /** Reads the answer to a request that was sent. */
    static Outcome read(RawClient client) throws IOException {
        RawClient.Head head = client.head();
        return new Outcome(head, client.text());
    }

    int status() {
        return head.status();
    }

    String header(String name) {
        return head.header(name).orElse("");
    }
}
