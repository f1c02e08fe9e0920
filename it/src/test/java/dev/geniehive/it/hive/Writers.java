package dev.geniehive.it.hive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Clients that all want something written down, until nobody answers any more. */
final class Writers implements AutoCloseable {
    private static final String OPERATOR = "Authorization: Bearer " + Hive.ADMIN_KEY;

    private final int port;
    private final Acknowledged acknowledged;
    private final int round;
    private final List<Meanwhile<Integer>> all = new ArrayList<>();

    /** One thing to do, again and again. */
    private interface Work {
        void once(RawClient client, int number) throws IOException;
    }

    private Writers(int port, Acknowledged acknowledged, int round) {
        this.port = port;
        this.acknowledged = acknowledged;
        this.round = round;
    }

    static Writers on(int port, Acknowledged acknowledged, int round) {
        Writers writers = new Writers(port, acknowledged, round);
        for (Work work : List.<Work>of(
                writers::makeKey, writers::makeKeyAndRevokeIt, writers::invite, writers::register, writers::look)) {
            writers.all.add(Meanwhile.of(() -> writers.untilNobodyAnswers(work)));
        }
        return writers;
    }

    /** Waits for their end; whoever they talk to is gone by then. */
    @Override
    public void close() throws Exception {
        for (Meanwhile<Integer> writer : all) {
            writer.result();
        }
    }

    private int untilNobodyAnswers(Work work) {
        int number = 0;
        try (RawClient client = RawClient.connect(port)) {
            while (true) {
                work.once(client, ++number);
            }
        } catch (PretendedNode.RefusedException refused) {
            throw new UncheckedIOException(refused);
        } catch (IOException gone) {
            return number;
        }
    }

    private void makeKey(RawClient client, int number) throws IOException {
        acknowledged.made(key(client, "kept-%d-%d".formatted(round, number)));
    }

    private void makeKeyAndRevokeIt(RawClient client, int number) throws IOException {
        String name = "ended-%d-%d".formatted(round, number);
        String key = key(client, name);
        client.request("DELETE", "/v1/cluster/keys/" + name, "", OPERATOR);
        good(Reply.of(client));
        acknowledged.revoked(key);
    }

    private void invite(RawClient client, int number) throws IOException {
        if (number <= 3) {
            acknowledged.invited(Control.invite(client));
        } else {
            look(client, number);
        }
    }

    private void register(RawClient client, int number) throws IOException {
        String token = Control.invite(client);
        acknowledged.joined(PretendedNode.join(port, "node-%d-%d".formatted(round, number), token));
    }

    private void look(RawClient client, int number) throws IOException {
        client.get(number % 2 == 0 ? "/v1/models" : "/v1/cluster/hosts", OPERATOR);
        good(Reply.of(client));
    }

    private static String key(RawClient client, String name) throws IOException {
        client.post("/v1/cluster/keys", "{\"name\": \"%s\"}".formatted(name), OPERATOR);
        JsonNode json = good(Reply.of(client)).json();
        return json.get("key").asText();
    }

    private static Reply good(Reply reply) throws IOException {
        if (reply.status() / 100 != 2) {
            throw new PretendedNode.RefusedException(reply);
        }
        return reply;
    }
}
