package dev.geniehive.it.hive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.util.UUID;

/**
 * A node that is nothing but what it says to the control plane.
 *
 * @param id it was given
 * @param key it was given; never printed
 * @param intervalMs how often it is to report
 * @param firstMs how long it is to wait after its first report
 */
record PretendedNode(String id, String key, long intervalMs, long firstMs) {

    /** A control plane's answer that is not the one that was hoped for. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        RefusedException(Reply reply) {
            super("%d %s".formatted(reply.status(), reply.text()));
            this.status = reply.status();
        }

        int status() {
            return status;
        }
    }

    /** {@return what a node says when it introduces itself} */
    static String introduction(String name, String more) {
        return """
                {"protocol": 1, %s"name": "%s", "nonce": "%s", "version": "0.1.0", "labels": {"made": "up"},
                 "platform": {"os": "Linux", "arch": "amd64", "cpus": 4, "memory_bytes": 1073741824}}""".formatted(more, name, UUID.randomUUID());
    }

    /** Joins with a token, on a connection of its own. */
    static PretendedNode join(int port, String name, String token) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            return register(client, name, "", token);
        }
    }

    /** Introduces itself with the key that it has, as a node does that comes back. */
    PretendedNode again(RawClient client, String name) throws IOException {
        PretendedNode same = register(client, name, "\"node_id\": \"%s\", ".formatted(id), key);
        return new PretendedNode(same.id, key, same.intervalMs, same.firstMs);
    }

    private static PretendedNode register(RawClient client, String name, String more, String secret)
            throws IOException {
        client.post("/v1/nodes/register", introduction(name, more), "Authorization: Bearer " + secret);
        Reply reply = Reply.of(client);
        if (reply.status() != 200 && reply.status() != 201) {
            throw new RefusedException(reply);
        }
        JsonNode json = reply.json();
        return new PretendedNode(
                json.get("node_id").asText(),
                json.path("node_key").asText(""),
                json.get("heartbeat_interval_ms").asLong(),
                json.path("first_heartbeat_ms").asLong(1));
    }

    /** Says that it lives. {@return how long it is to wait until it does so again, in ms} */
    long beat(RawClient client, long generation) throws IOException {
        String body = "{\"protocol\": 1, \"node_id\": \"%s\", \"generation\": %d, \"services\": []}"
                .formatted(id, generation);
        client.post("/v1/nodes/heartbeat", body, "Authorization: Bearer " + key);
        Reply reply = Reply.of(client);
        if (reply.status() != 200) {
            throw new RefusedException(reply);
        }
        return reply.json().get("heartbeat_interval_ms").asLong();
    }

    @Override
    public String toString() {
        return "PretendedNode[%s]".formatted(id);
    }
}
