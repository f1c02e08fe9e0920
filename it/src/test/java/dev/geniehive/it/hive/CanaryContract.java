package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Knobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Secrets go in, all that can go wrong goes wrong, and then everything that was left anywhere is searched for them. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CanaryContract {
    private static final String PROMPT = "canary-prompt-4711-wren";
    private static final String ANSWER = "canary-answer-4711-finch";
    private static final String ENGINE_KEY = "canary-engine-key-4711-robin";
    private static final String MADE_UP_KEY = "gh-client-canary4711made0up0siskin";
    private static final Pattern KEY = Pattern.compile("gh-(?:node|join|client)-[A-Za-z0-9_.~+/=-]+");
    private static final Set<String> MAY_HOLD_SECRETS = Set.of("credentials", "geniehive.yaml");

    private final Engines engines = Engines.serving("fake-model", 2);
    private final Knobs good = engines.good().with("key", ENGINE_KEY);
    private final Path folder;
    private final Place hive;
    private final List<String> told = new ArrayList<>();

    CanaryContract(Form form, Path folder) {
        this.folder = folder;
        engines.all().forEach(engine -> engine.turn(good));
        hive = form.start(
                folder,
                """
                access: { require-keys: true }
                server: { max-body: 4MiB }
                routing: { first-byte-timeout: 1s, stream-idle-timeout: 1s, max-queue: 1, queue-timeout: 1s }
                """,
                Engines.services(", max-concurrent: 2, api-key: \"%s\"".formatted(ENGINE_KEY), engines),
                "--log-level",
                "debug");
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.close();
    }

    @Test
    void nobodyFindsASecretAfterwards() throws Exception {
        hive.awaitServices(2);
        String key = made("guest");
        String ended = made("ended");
        operate("DELETE", "/v1/cluster/keys/ended", "");
        succeed(key);
        failByEngines(key);
        failByThemselves(key);
        for (String wrong : List.of(MADE_UP_KEY, ended)) {
            assertThat(ask(wrong, chat(true)).status()).isEqualTo(401);
        }
        askAround();

        assertThat(told)
                .as("what the hive itself answered")
                .hasSizeGreaterThan(10)
                .allSatisfy(this::isFree);
        Set<String> secrets = new HashSet<>(Set.of(PROMPT, ANSWER, ENGINE_KEY, MADE_UP_KEY, key, ended));
        secrets.add(Hive.ADMIN_KEY);
        assertThat(searched(secrets)).as("files and terminals with secrets").isEmpty();
        assertNodeKeysStayWhereTheyBelong();
    }

    private void isFree(String text) {
        assertThat(text).doesNotContain(PROMPT, ENGINE_KEY, MADE_UP_KEY, Hive.ADMIN_KEY);
    }

    private void succeed(String key) throws IOException {
        for (boolean stream : List.of(true, false)) {
            assertThat(ask(key, chat(stream)).status()).isEqualTo(200);
        }
        String large = chat(false).replace(PROMPT, (PROMPT + " ").repeat(100_000));
        assertThat(ask(key, large).status()).isEqualTo(200);
        engines.all()
                .forEach(engine -> engine.turn(good.with("status", 200)
                        .with(
                                "body",
                                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
                                        .formatted(ANSWER))));
        assertThat(ask(key, chat(false)).text()).contains(ANSWER);
    }

    /** Engines fail in all their ways, and some repeat what they should not. */
    private void failByEngines(String key) throws IOException {
        for (Trouble trouble : Trouble.values()) {
            if (trouble == Trouble.REFUSES) {
                continue; // costs a while until the engines are found again, and nothing was said to them
            }
            Knobs bad = trouble.on(good);
            engines.all().forEach(engine -> engine.turn(bad));
            told.add(ask(key, chat(true)).text());
            told.add(ask(key, chat(false)).text());
        }
        for (String mode : List.of("die-after", "error-after", "silent-after")) {
            engines.all().forEach(engine -> engine.turn(good.with(mode, 2)));
            told.add(ask(key, chat(true)).text());
        }
        for (int status : List.of(401, 500, 503)) {
            String echo = "{\"error\":{\"message\":\"%s %s %s\",\"type\":\"x\"}}".formatted(PROMPT, ANSWER, ENGINE_KEY);
            Knobs bad = good.with("status", status).with("body", echo);
            engines.all().forEach(engine -> engine.turn(bad));
            ask(key, chat(true));
            ask(key, chat(false));
        }
        engines.all().forEach(engine -> engine.turn(good.with("key", "another")));
        told.add(ask(key, chat(false)).text());
        engines.all().forEach(engine -> engine.turn(good));
    }

    private void failByThemselves(String key) throws IOException {
        for (String body : List.of(
                chat(true).replace("}]}", "}]"),
                chat(true).replace("fake-model", "unheard-of"),
                chat(true).replace("\"stream\": true", "\"stream\": \"%s\"".formatted(PROMPT)),
                chat(true).replace("{\"model\"", "{\"%s\": 1, \"%s\": 2, \"model\"".formatted("x", "x")),
                "\"" + PROMPT + "\"",
                PROMPT,
                chat(true).replace(PROMPT, PROMPT.repeat(300_000)))) {
            Reply reply = ask(key, body);
            assertThat(reply.status()).isBetween(400, 499);
            told.add(reply.text());
        }
        hangUp(key);
    }

    private void hangUp(String key) throws IOException {
        FakeEngine engine = engines.get(1);
        engine.turn(good.with("tokens", 100_000).with("token-ms", 20));
        try (RawClient client = RawClient.connect(hive.port())) {
            client.post(Outcome.CHAT, chat(true), "Authorization: Bearer " + key);
            client.head();
            client.reset();
        }
        engine.turn(good);
    }

    /** All that can be asked for. */
    private void askAround() throws IOException {
        for (String path : List.of(
                "/metrics",
                "/v1/models",
                "/v1/cluster/hosts",
                "/v1/cluster/services",
                "/v1/cluster/health",
                "/v1/cluster/keys",
                "/v1/cluster/plugins",
                "/v1/cluster/routes/resolve?model=fake-model",
                "/readyz?verbose")) {
            Reply reply = operate("GET", path, "");
            assertThat(reply.status()).as(path).isEqualTo(200);
            told.add(reply.text());
        }
        told.add(events());
    }

    /** {@return what the stream of events says at once, if there is one} */
    private String events() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), hive.port());
                RawClient client = RawClient.over(socket)) {
            socket.setSoTimeout(500);
            client.get("/v1/cluster/events", "Authorization: Bearer " + Hive.ADMIN_KEY);
            client.head();
            for (var chunk = client.chunk(); chunk.isPresent(); chunk = client.chunk()) {
                text.append(chunk.get().text());
            }
        } catch (SocketTimeoutException quiet) {
            text.append(" (and so on)");
        }
        return text.toString();
    }

    private List<String> searched(Set<String> secrets) throws IOException {
        List<String> found = new ArrayList<>();
        for (Launched process : processes()) {
            look(process.getClass().getSimpleName() + " said", process.said() + process.output(), secrets, found);
        }
        for (Path file : files()) {
            if (!MAY_HOLD_SECRETS.contains(file.getFileName().toString())) {
                look(folder.relativize(file).toString(), read(file), secrets, found);
            }
        }
        return found;
    }

    private static void look(String where, String text, Set<String> secrets, List<String> found) {
        for (String secret : secrets) {
            int at = text.indexOf(secret);
            if (at >= 0) {
                found.add("%s has '%s': …%s…"
                        .formatted(
                                where,
                                secret,
                                text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 60))));
            }
        }
    }

    /** What an agent knows itself by is in one file of its own, and nowhere else. */
    private void assertNodeKeysStayWhereTheyBelong() throws IOException {
        for (Node agent : hive.agents()) {
            Set<Path> holders = new HashSet<>();
            for (Path file : files()) {
                Matcher key = KEY.matcher(read(file));
                if (file.startsWith(agent.home()) && key.find()) {
                    holders.add(file);
                }
            }
            assertThat(holders).as("files of the agent with a key").hasSize(1);
            Path holder = holders.iterator().next();
            assertThat(Files.getPosixFilePermissions(holder)).hasToString("[OWNER_READ, OWNER_WRITE]");
            Matcher key = KEY.matcher(read(holder));
            assertThat(key.find()).isTrue();
            Set<String> secret = Set.of(key.group());
            List<String> found = searched(secret);
            assertThat(found)
                    .hasSize(1)
                    .allMatch(place -> place.contains(holder.getFileName().toString()));
        }
    }

    private List<Launched> processes() {
        return Stream.concat(Stream.of(hive.front()), hive.agents().stream()).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("unpacked")))
                    .toList();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, ISO_8859_1);
    }

    private String made(String name) throws IOException {
        Reply reply = operate("POST", "/v1/cluster/keys", "{\"name\": \"%s\"}".formatted(name));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().get("key").asText();
    }

    private Reply operate(String method, String path, String body) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            return Reply.of(client.request(method, path, body, "Authorization: Bearer " + Hive.ADMIN_KEY));
        }
    }

    private Reply ask(String key, String body) throws IOException {
        return Reply.post(hive.front(), Outcome.CHAT, body, "Authorization: Bearer " + key);
    }

    private static String chat(boolean stream) {
        return Outcome.chat("fake-model", stream).replace("Hello", PROMPT);
    }
}
