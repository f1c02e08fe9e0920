package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
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
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CanaryContract {
    private static final String PROMPT = "canary-prompt-4711-wren";
    private static final String ANSWER = "canary-answer-4711-finch";
    private static final String DOCUMENT = "canary-document-4711-heron";
    private static final String RECORDING = "canary-recording-4711-swan";
    private static final String FILE_NAME = "canary-file-4711-stork";
    private static final String HINT = "canary-hint-4711-crane";
    private static final String PERSONA = "canary-persona-4711-kite";
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String RERANK = "/v1/rerank";
    private static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";
    private static final String TRANSLATIONS = "/v1/audio/translations";
    private static final String EAR = "org/large-v3";
    private static final String ENGINE_KEY = "canary-engine-key-4711-robin";
    private static final String MADE_UP_KEY = "gh-client-canary4711made0up0siskin";
    private static final Pattern KEY = Pattern.compile("gh-(?:node|join|client)-[A-Za-z0-9_.~+/=-]+");
    private static final Set<String> MAY_HOLD_SECRETS = Set.of("credentials", "geniehive.yaml");

    private final Engines engines = Engines.serving("fake-model", 2);
    private final Knobs good = engines.good().with("key", ENGINE_KEY);
    private final Knobs hears = good.with("models", EAR).with("loaded", EAR);
    private final FakeEngine ear = FakeEngine.start(Flavor.SPEACHES, hears);
    private final Path folder;
    private final Place hive;
    private final List<String> told = new ArrayList<>();

    CanaryContract(Form form, Path folder) {
        this.folder = folder;
        engines.all().forEach(engine -> engine.turn(good));
        hive = form.start(folder, """
                access: { require-keys: true }
                server: { max-body: 4MiB }
                routing: { first-byte-timeout: 1s, stream-idle-timeout: 1s, max-queue: 1, queue-timeout: 1s }
                """, services(), "--log-level", "debug");
    }

    private List<String> services() {
        String more = ", max-concurrent: 2, api-key: \"%s\"".formatted(ENGINE_KEY);
        List<String> services = new ArrayList<>(Engines.services(more, engines));
        services.add("{ name: ear, url: \"%s\", engine: speaches %s }".formatted(ear.uri(), more));
        return services;
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.close();
        ear.close();
    }

    @Test
    void nobodyFindsASecretAfterwards() throws Exception {
        hive.awaitServices(3);
        String key = made("guest");
        String ended = made("ended");
        operate("DELETE", "/v1/cluster/keys/ended", "");
        assertThat(operate("PUT", "/v1/cluster/roles/guide", "{\"system_prompt\": \"%s\"}".formatted(PERSONA))
                        .status())
                .isEqualTo(201);
        succeed(key);
        succeedOtherwise(key);
        failByEngines(key);
        failByThemselves(key);
        failOtherwise(key);
        for (String wrong : List.of(MADE_UP_KEY, ended)) {
            assertThat(ask(wrong, chat(true)).status()).isEqualTo(401);
        }
        askAround();

        assertThat(told)
                .as("what the hive itself answered")
                .hasSizeGreaterThan(10)
                .allSatisfy(this::isFree);
        Set<String> secrets = new HashSet<>(Set.of(PROMPT, ANSWER, ENGINE_KEY, MADE_UP_KEY, key, ended));
        secrets.addAll(Set.of(DOCUMENT, RECORDING, FILE_NAME, HINT, Hive.ADMIN_KEY));
        assertThat(searched(secrets)).as("files and terminals with secrets").isEmpty();
        assertThat(searched(Set.of(PERSONA)))
                .as("places beside the database with what a role says")
                .allMatch(place -> place.contains("geniehive.db"));
        assertNodeKeysStayWhereTheyBelong();
    }

    private void isFree(String text) {
        assertThat(text)
                .doesNotContain(PROMPT, ENGINE_KEY, MADE_UP_KEY, Hive.ADMIN_KEY)
                .doesNotContain(DOCUMENT, RECORDING, FILE_NAME, HINT, PERSONA);
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

    private void succeedOtherwise(String key) throws IOException {
        behave();
        for (Reply reply : List.of(
                post(key, EMBEDDINGS, embedding()),
                post(key, RERANK, ranking()),
                post(key, "/v2/rerank", ranking()),
                post(key, Outcome.CHAT, chat(true).replace("fake-model", "guide")),
                upload().post(hive.front(), TRANSCRIPTIONS, bearer(key)),
                upload().field("stream", "true").post(hive.front(), TRANSCRIPTIONS, bearer(key)),
                upload().field("response_format", "srt").post(hive.front(), TRANSLATIONS, bearer(key)),
                upload().field("large", HINT.repeat(3)).post(hive.front(), TRANSCRIPTIONS, bearer(key)))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        }
        Upload large = new Upload().recording(FILE_NAME + ".wav", RECORDING.repeat(100_000));
        assertThat(large.field("model", EAR)
                        .post(hive.front(), TRANSCRIPTIONS, bearer(key))
                        .status())
                .isEqualTo(200);
        for (String model : List.of("fake-model", "guide")) {
            Reply match =
                    operate("POST", "/v1/cluster/routes/match", chat(false).replace("fake-model", model));
            assertThat(match.status()).as(match.text()).isEqualTo(200);
            told.add(match.text());
        }
    }

    private void behave() {
        engines.all().forEach(engine -> engine.turn(good));
        ear.turn(hears);
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
            ear.turn(trouble.on(hears));
            if (trouble != Trouble.SAYS_NOTHING_AFTER_THE_HEAD) { // which is like the one before, and takes as long
                failAll(key);
            }
        }
        for (String mode : List.of("die-after", "error-after", "silent-after")) {
            engines.all().forEach(engine -> engine.turn(good.with(mode, 2)));
            ear.turn(hears.with(mode, 2));
            told.add(ask(key, chat(true)).text());
            failAll(key);
        }
        for (int status : List.of(401, 500, 503)) {
            String echo = "{\"error\":{\"message\":\"%s\",\"type\":\"x\"}}"
                    .formatted(String.join(
                            " ", PROMPT, ANSWER, ENGINE_KEY, DOCUMENT, RECORDING, FILE_NAME, HINT, PERSONA));
            Knobs bad = good.with("status", status).with("body", echo);
            engines.all().forEach(engine -> engine.turn(bad));
            ear.turn(bad.with("models", EAR).with("loaded", EAR));
            ask(key, chat(true));
            ask(key, chat(false));
            all(key);
        }
        engines.all().forEach(engine -> engine.turn(good.with("key", "another")));
        told.add(ask(key, chat(false)).text());
        engines.all().forEach(engine -> engine.turn(good));
    }

    /** The other operations, at engines that misbehave; what the hive says of that is kept. */
    private void failAll(String key) throws IOException {
        all(key).stream()
                .filter(reply -> reply.status() != 200)
                .map(Reply::text)
                .forEach(told::add);
    }

    private List<Reply> all(String key) throws IOException {
        return List.of(
                post(key, EMBEDDINGS, embedding()),
                post(key, RERANK, ranking()),
                post(key, Outcome.CHAT, chat(true).replace("fake-model", "guide")),
                upload().post(hive.front(), TRANSCRIPTIONS, bearer(key)),
                upload().field("stream", "true").post(hive.front(), TRANSLATIONS, bearer(key)));
    }

    /** Requests to the other routes that are no good by themselves. */
    private void failOtherwise(String key) throws IOException {
        behave();
        for (Reply reply : List.of(
                post(key, EMBEDDINGS, embedding().replace("\"}", "\"")),
                post(key, EMBEDDINGS, embedding().replace("fake-model", "unheard-of")),
                post(key, RERANK, ranking().replace("documents", "papers")),
                post(key, RERANK, ranking().replace("fake-model", "unheard-of")),
                operate("POST", "/v1/cluster/routes/match", chat(true).replace("}]}", "}]")),
                operate("POST", "/v1/cluster/routes/match", chat(true).replace("fake-model", "unheard-of")),
                operate(
                        "PUT",
                        "/v1/cluster/roles/other",
                        "{\"system_prompt\": \"%s\", \"wings\": 2}".formatted(PERSONA)),
                operate("PUT", "/v1/cluster/roles/other", "{\"system_prompt\": \"%s\"".formatted(PERSONA)),
                new Upload().recording(FILE_NAME, RECORDING).post(hive.front(), TRANSCRIPTIONS, bearer(key)),
                new Upload()
                        .recording("../" + FILE_NAME, RECORDING)
                        .field("model", EAR)
                        .post(hive.front(), TRANSCRIPTIONS, bearer(key)),
                upload().field("model", HINT).post(hive.front(), TRANSCRIPTIONS, bearer(key)),
                upload().field("note", HINT.repeat(100_000)).post(hive.front(), TRANSLATIONS, bearer(key)),
                new Upload()
                        .recording(FILE_NAME, RECORDING)
                        .field("model", "unheard-of")
                        .post(hive.front(), TRANSLATIONS, bearer(key)))) {
            assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
            told.add(reply.text());
        }
        try (RawClient client = RawClient.connect(hive.port())) {
            upload().send(client, TRANSCRIPTIONS, 300, bearer(key));
            client.reset();
        }
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
                "/v1/cluster/queues",
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
        return post(key, Outcome.CHAT, body);
    }

    private Reply post(String key, String path, String body) throws IOException {
        return Reply.post(hive.front(), path, body, bearer(key));
    }

    private static String bearer(String key) {
        return "Authorization: Bearer " + key;
    }

    private static String embedding() {
        return "{\"model\": \"fake-model\", \"input\": \"%s\"}".formatted(PROMPT);
    }

    private static String ranking() {
        return "{\"model\": \"fake-model\", \"query\": \"%s\", \"documents\": [\"%s\", \"other\"]}"
                .formatted(PROMPT, DOCUMENT);
    }

    private static Upload upload() {
        return new Upload().field("model", EAR).field("prompt", HINT).recording(FILE_NAME + ".wav", RECORDING);
    }

    private static String chat(boolean stream) {
        return Outcome.chat("fake-model", stream).replace("Hello", PROMPT);
    }
}
