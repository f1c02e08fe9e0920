package dev.geniehive.bench.subject;

import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process of GenieHive with a home of its own, on any port, that minds keys. */
final class HiveProcess implements AutoCloseable {
    /** What clients need to be served: large bodies, and as many of them at once as a row wants. */
    static final String SERVER = """
            server: { max-body: 256MiB, body-memory: 1GiB, max-connections: 100000 }
            access: { require-keys: true }
            routing: { max-queue: 100000 }
            """;

    private static final String ADMIN_KEY = "admin-key:";
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 120;

    private final Path folder;
    private final Child child;
    private final Target operator;

    private HiveProcess(Path folder, Child child, Target operator) {
        this.folder = folder;
        this.child = child;
        this.operator = operator;
    }

    /** {@return the configuration of an agent that has nothing but the upstream} */
    static String agent(int upstreamPort) {
        return """
                agent:
                  name: box
                  discover: false
                  simulator: never
                  services:
                    - { name: paced, url: "http://127.0.0.1:%d", engine: openai-compatible, max-concurrent: 100000 }
                """.formatted(upstreamPort);
    }

    static Path home(Path folder) {
        return folder.resolve("home");
    }

    /** @param words the command and its flags, but for home and port */
    static HiveProcess start(
            Installation installation, Path folder, String yaml, Pins pins, Jvm jvm, Guard guard, String... words)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(home(folder));
        Path file = folder.resolve("geniehive.yaml");
        Files.writeString(file, yaml);
        List<String> command = new ArrayList<>(List.of(installation.command()));
        command.addAll(Arrays.asList(words));
        command.addAll(List.of("--port", "0", "--home", home.toString(), "--config", file.toString()));
        Map<String, String> environment = new HashMap<>(Installation.environment());
        environment.putAll(jvm.environment());
        Child child = Child.start(pins.wrap(command), environment, folder, guard);
        try {
            String line = child.line("Listening", START_SECONDS);
            int port = Integer.parseInt(line.replaceFirst(".*:([0-9]+)/v1.*", "$1"));
            return new HiveProcess(folder, child, Target.local(port).with(adminKey(home)));
        } catch (IOException | NumberFormatException failed) {
            child.close();
            throw failed;
        }
    }

    /** {@return the operator's key, which is in the home from its first life on} */
    private static String adminKey(Path home) throws IOException {
        Path file = home.resolve("credentials");
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(ADMIN_KEY))
                .map(line -> line.substring(ADMIN_KEY.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("%s has no line '%s'".formatted(file, ADMIN_KEY)));
    }

    long pid() {
        return child.pid();
    }

    Target operator() {
        return operator;
    }

    /** Waits until it serves the upstream's model. */
    void awaitModel() throws IOException, InterruptedException {
        Readiness.await(() -> Http.get(operator, "/v1/models").text().contains("\"bench\""), child);
    }

    /** Waits until it says that it is ready. */
    void awaitReady() throws IOException, InterruptedException {
        Readiness.await(() -> Http.get(operator, "/readyz").status() == 200, child);
    }

    /** {@return where a client goes, with a key made for it in the first life of this home} */
    Target client() throws IOException {
        Path kept = folder.resolve("client-key");
        if (!Files.exists(kept)) {
            String made = Http.post(operator, "/v1/cluster/keys", "{\"name\": \"bench\"}")
                    .orFail("A client's key");
            Files.writeString(kept, word(made, "key"));
        }
        return operator.with(Files.readString(kept));
    }

    /** {@return what an agent shows to join} */
    String token() throws IOException {
        return word(Http.post(operator, "/v1/cluster/nodes/invite", "{}").orFail("A join token"), "token");
    }

    private static String word(String json, String name) throws IOException {
        return Json.parse(json)
                .get(name)
                .asString()
                .orElseThrow(() -> new IOException("An answer has no '%s'".formatted(name)));
    }

    /** Stops it as a person would, and waits for its end; kills it if that does not come. */
    void stop() throws IOException, InterruptedException {
        try {
            child.stop(STOP_SECONDS);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
