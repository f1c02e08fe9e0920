package dev.geniehive.bench.load;

import dev.geniehive.api.model.Json;
import dev.geniehive.bench.measure.Failures;
import dev.geniehive.bench.measure.Times;
import dev.geniehive.bench.subject.Http;
import dev.geniehive.bench.subject.Target;
import dev.geniehive.bench.wire.BodySink;
import dev.geniehive.bench.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes that exist only here: each registers with a token of its own, tells of one service, and then sends heartbeats. */
public final class Heartbeats {
    private static final int JOINING_AT_ONCE = 8;
    private static final int BUFFER_BYTES = 1024;
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Target operator;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final Times answers = new Times();
    private final Failures failures = new Failures();

    private Heartbeats(Target operator) {
        this.operator = operator;
    }

    private record Node(String id, Target target) {}

    /** {@return so many of them, all registered, unless there are failures} */
    public static Heartbeats join(Target operator, int count) throws InterruptedException {
        Heartbeats heartbeats = new Heartbeats(operator);
        AtomicInteger next = new AtomicInteger();
        Crowd.run(JOINING_AT_ONCE, number -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                heartbeats.join(i);
            }
        });
        return heartbeats;
    }

    /** Sends one a second and node, evenly spread; a time counts from when a heartbeat was due. */
    public void send(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        Crowd.run(nodes.size(), number -> {
            Node node = nodes.get(number);
            try (Wire wire = node.target().connect(BUFFER_BYTES)) {
                byte[] request = node.target().post("/v1/nodes/heartbeat", heartbeat(node.id(), ""));
                long due = start + EVERY_NANOS * number / nodes.size();
                for (; due - start < time.toNanos(); due += EVERY_NANOS) {
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                    beat(wire, request, due);
                }
            } catch (IOException failed) {
                failures.add(failed);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public Times answers() {
        return answers;
    }

    public Failures failures() {
        return failures;
    }

    private void beat(Wire wire, byte[] request, long due) throws IOException {
        int status = wire.exchange(request, BodySink.NOWHERE).status();
        if (status == 200) {
            answers.add(System.nanoTime() - due);
        } else {
            failures.add("a heartbeat that was answered " + status);
        }
    }

    private void join(int number) {
        try {
            Json invitation = Json.parse(
                    Http.post(operator, "/v1/cluster/nodes/invite", "{}").orFail("A join token"));
            Target joining = operator.with(word(invitation, "token"));
            Json assignment = Json.parse(Http.post(joining, "/v1/nodes/register", registration(number))
                    .orFail("A registration"));
            Node node = new Node(word(assignment, "node_id"), operator.with(word(assignment, "node_key")));
            Http.post(node.target(), "/v1/nodes/heartbeat", heartbeat(node.id(), service()))
                    .orFail("A first heartbeat");
            nodes.add(node);
        } catch (IOException failed) {
            failures.add(failed);
        }
    }

    private static String word(Json json, String name) throws IOException {
        return json.get(name).asString().orElseThrow(() -> new IOException("An answer has no '%s'".formatted(name)));
    }

    private static String registration(int number) {
        return """
                {"protocol": 1, "name": "simulated-%d", "nonce": "nonce-%d", "version": "bench", "labels": {},
                 "platform": {"os": "Linux", "arch": "amd64", "cpus": 4, "memory_bytes": 17179869184}}""".formatted(number, number);
    }

    private static String heartbeat(String id, String services) {
        return """
                {"protocol": 1, "node_id": "%s", "generation": 1%s,
                 "telemetry": {"cpu_load": 0.5, "memory_available_bytes": 8589934592, "uptime_seconds": 1000}}""".formatted(id, services);
    }

    private static String service() {
        return """
                , "services": [{"name": "engine", "engine": "llamacpp", "looks": 1, "terms": {},
                 "inventory": {"health": "healthy", "assets": [{"id": "simulated", "loaded": true}],
                 "adapters": {"chat": "openai"}, "slots": {"total": 4, "busy": 0}}}]""";
    }
}
