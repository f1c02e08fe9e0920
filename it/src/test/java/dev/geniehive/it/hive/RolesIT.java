package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import dev.geniehive.it.engine.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles, as operators make them and as engines see their requests. */
class RolesIT {
    private static final String CODER = "Qwen/Qwen3-Coder-30B-A3B-Instruct";
    private static final String LLAMA = "llama-3.1-8b-instruct";
    private static final String TWIN = "twin";

    @TempDir
    private static @Nullable Path folder;

    private static List<FakeEngine> engines = List.of();
    private static @Nullable Hive started;

    @BeforeAll
    static void start() throws IOException {
        Path where = Fixture.present(folder);
        engines = List.of(
                engine(CODER, "Q4_K - Medium", 8192),
                engine(LLAMA, "Q8_0", 2048),
                engine(TWIN, "Q4_K - Medium", 8192),
                engine(TWIN, "Q8_0", 8192));
        started = Hive.up(
                Distribution.unpackTo(where.resolve("dist")),
                where.resolve("box"),
                Hive.services(
                                "llamacpp",
                                engines.stream().mapToInt(FakeEngine::port).toArray())
                        + documented("yaml").getFirst());
    }

    private static FakeEngine engine(String model, String ftype, int context) {
        return FakeEngine.start(
                Flavor.LLAMACPP,
                Knobs.defaults().with("models", model).with("ftype", ftype).with("context", context));
    }

    @AfterAll
    static void stop() {
        Fixture.closeAll(started);
        engines.forEach(FakeEngine::close);
    }

    @Test
    void ofTheFileAreListedAndPlayedByTheBestThatFits() throws Exception {
        JsonNode reviewer = Reply.get(hive(), "/v1/models/reviewer").json();

        assertThat(reviewer.at("/geniehive/kind").asText()).isEqualTo("role");
        assertThat(reviewer.get("description").asText()).isEqualTo("Careful code review");
        assertThat(reviewer.at("/geniehive/resolves_to").toString()).isEqualTo("[\"%s\"]".formatted(CODER));
        assertThat(StreamSupport.stream(
                                Reply.get(hive(), "/v1/models")
                                        .json()
                                        .get("data")
                                        .spliterator(),
                                false)
                        .map(model -> model.get("id").asText()))
                .contains("general", "reviewer", CODER);
    }

    @Test
    void fillInWhatTheClientLeftOpenAndNothingElse() throws Exception {
        Reply reply = Reply.post(
                hive(),
                "/v1/chat/completions",
                "{\"unheard_of\": [1.50, \"\\u00e9\"], \"messages\" : [ {\"role\":\"user\",\"content\":\"Hi\"} ],\"model\":\"reviewer\", \"temperature\":0.70}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("x-geniehive-model")).contains(CODER);
        assertThat(reply.header("x-geniehive-route").orElse("")).startsWith("role; loaded");
        assertThat(lastChat())
                .isEqualTo(
                        "{\"max_tokens\":512,\"unheard_of\": [1.50, \"\\u00e9\"], \"messages\" : [{\"role\":\"system\",\"content\":\"You review code.\"}, {\"role\":\"user\",\"content\":\"Hi\"} ],\"model\":\"%s\", \"temperature\":0.70}"
                                .formatted(CODER));
    }

    @Test
    void thatAskForTooMuchAreToldHowMuchAndNoEngineIsAsked() throws Exception {
        int asked = chats();
        Reply reply = Reply.post(
                hive(),
                "/v1/chat/completions",
                "{\"model\":\"general\",\"max_tokens\":100000,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        reply.refused(400, "invalid_request_error", "context_length_exceeded");
        assertThat(reply.error().get("message").asText())
                .contains("needs at least 100000 tokens", "91808 too few", "box/e1 8192", "box/e2 2048");
        assertThat(chats()).isEqualTo(asked);
    }

    @Test
    void oneNameForTwoQuantisationsMeansOneOfThemAndTheOtherGoesByBoth() throws Exception {
        Reply bare = Reply.getAsOperator(hive(), "/v1/cluster/routes/resolve?model=" + TWIN);
        Reply other = Reply.getAsOperator(hive(), "/v1/cluster/routes/resolve?model=" + TWIN + "@Q8_0");

        assertThat(bare.status()).as(bare.text()).isEqualTo(200);
        assertThat(bare.text()).contains("\"dropped_by\":\"identity\"");
        String meant = bare.json().at("/selected/service").asText();
        assertThat(meant).isEqualTo("box/e3"); // nothing but the alphabet tells the two apart here
        assertThat(other.json().at("/selected/service").asText()).isEqualTo("box/e4");
        assertThat(Reply.get(hive(), "/v1/models").text()).contains("\"twin@Q8_0\"", "\"twin@Q4_K_M\"");
    }

    @Test
    void areMadeChangedAndEndedByTheApiAndCountAtOnce() throws Exception {
        Reply made = tell("PUT", "/v1/cluster/roles/made", "{\"models\":[\"llama-3.1\"]}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("resolves_to").get(0).asText()).isEqualTo(LLAMA);
        assertThat(Reply.get(hive(), "/v1/models/made").status()).isEqualTo(200);

        Reply changed =
                tell("PUT", "/v1/cluster/roles/made", "{\"models\":[\"qwen3-coder\"],\"fallback\":[\"general\"]}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(Reply.getAsOperator(hive(), "/v1/cluster/routes/resolve?model=made")
                        .json()
                        .at("/selected/model")
                        .asText())
                .isEqualTo(CODER);
        assertThat(tell("PUT", "/v1/cluster/roles/made", changed.text()).status())
                .isEqualTo(200);

        assertThat(tell("DELETE", "/v1/cluster/roles/made", "").status()).isEqualTo(200);
        assertThat(Reply.get(hive(), "/v1/models/made").status()).isEqualTo(404);
        tell("DELETE", "/v1/cluster/roles/made", "").refused(404, "invalid_request_error", "not_found");
    }

    @Test
    void thatCannotBeAreRefusedWithAllThatIsWrong() throws Exception {
        Reply bad = tell(
                "PUT",
                "/v1/cluster/roles/bad",
                "{\"operation\":\"dance\",\"min_contxt\":1,\"requires\":[\"wings\"],\"max_size\":\"big\",\"defaults\":{\"model\":\"x\"},\"overflow\":{\"alow\":true}}");

        bad.refused(400, "invalid_request_error", "invalid_role");
        assertThat(bad.error().get("message").asText())
                .contains("'dance' is no operation", "'wings' is no ability", "40B", "'model' is for the client alone")
                .contains("min_contxt: nobody knows it; did you mean 'min_context'?", "overflow.alow");
        tell("PUT", "/v1/cluster/roles/bad", "{\"fallback\":[\"bad\"]}")
                .refused(400, "invalid_request_error", "invalid_role");
        tell("PUT", "/v1/cluster/roles/bad", "{\"fallback\":[\"nobody\"]}")
                .refused(400, "invalid_request_error", "invalid_role");
        tell("PUT", "/v1/cluster/roles/reviewer", "{}").refused(409, "invalid_request_error", "conflict");
        tell("DELETE", "/v1/cluster/roles/reviewer", "").refused(409, "invalid_request_error", "conflict");
    }

    @Test
    void aWholeRequestIsDecidedAndNotSent() throws Exception {
        int asked = chats();
        Reply match = tell(
                "POST",
                "/v1/cluster/routes/match",
                "{\"model\":\"reviewer\",\"tools\":[{\"type\":\"function\"}],\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(match.status()).as(match.text()).isEqualTo(200);
        assertThat(match.json().get("matched_by").asText()).isEqualTo("role");
        assertThat(match.json().at("/fills_in/defaults/temperature").asDouble()).isEqualTo(0.2);
        assertThat(match.json().at("/needs/context_at_least").asInt()).isEqualTo(513);
        assertThat(match.json().at("/needs/abilities/0").asText()).isEqualTo("tools");
        assertThat(chats()).isEqualTo(asked);
        tell("POST", "/v1/cluster/routes/match", "{}").refused(400, "invalid_request_error", "missing_model");
    }

    @Test
    void theDocumentedCommandsDoWhatTheySay(@TempDir Path work) throws Exception {
        for (String block : documented("sh")) {
            for (String line :
                    block.lines().filter(one -> !one.contains("--request")).toList()) {
                ProcessBuilder shell = new ProcessBuilder(
                                "sh",
                                "-c",
                                line.replaceFirst(
                                        "^geniehive",
                                        hive().distribution()
                                                .resolve("bin/geniehive")
                                                .toString()))
                        .directory(work.toFile())
                        .redirectErrorStream(true);
                shell.environment().put("GENIEHIVE_HOME", hive().home().toString());
                shell.environment().put("GENIEHIVE_JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
                Process process = shell.start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(process.waitFor()).as("%s said: %s", line, said).isZero();
            }
        }
        assertThat(Reply.get(hive(), "/v1/models/coder2").status()).isEqualTo(404);
    }

    @Test
    void theCommandTellsWhyAndEndsAsItShould(@TempDir Path work) throws Exception {
        Command geniehive = new Command(hive().distribution(), hive().home(), Map.of());
        Path request = Files.writeString(work.resolve("r.json"), "{\"model\":\"reviewer\",\"max_tokens\":9000}");

        Command.Ended ended = geniehive.run("why", "--request", request.toString());
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("context", "needs 9000 tokens of context, has 8192: 808 too few", "models");

        assertThat(geniehive.run("why", "reviewer").out())
                .contains("The role 'reviewer' is played by " + CODER)
                .contains("min-context", "models");
        assertThat(geniehive.run("roles", "set", "reviewer", "--model", "x").exitCode())
                .isEqualTo(7);
        assertThat(geniehive.run("roles", "remove", "nobody").exitCode()).isEqualTo(3);
        assertThat(geniehive.run("roles", "list").out()).containsPattern("reviewer +chat +" + CODER + " +file");
    }

    @Test
    void surviveACrashAndARestartAndAChangedFileCountsAtOnce(@TempDir Path own) throws Exception {
        try (Hive hive =
                Hive.up(hive().distribution(), own, "agent: { name: box, discover: false, simulator: always }\n")) {
            assertThat(tell(hive, "PUT", "/v1/cluster/roles/kept", "{\"defaults\":{\"stop\":[\"a\"]}}")
                            .status())
                    .isEqualTo(201);
            hive.kill();
            hive.again();
            assertThat(Reply.getAsOperator(hive, "/v1/cluster/roles/kept").text())
                    .contains("\"stop\":[\"a\"]");
            hive.stop();
            hive.again();
            Eventually.see(20, () -> Reply.get(hive, "/v1/models/kept").status(), status -> status == 200);

            Path file = hive.home().resolve("geniehive.yaml");
            String good = Files.readString(file);
            Files.writeString(file, good + "roles: { live: {}, kept: { description: of the file } }\n");
            Eventually.see(20, () -> Reply.get(hive, "/v1/models/live").status(), status -> status == 200);
            assertThat(Reply.getAsOperator(hive, "/v1/cluster/roles/kept").text())
                    .contains("of the file", "that of the file counts");

            Files.writeString(file, good + "roles: { broken: { fallback: [nobody] } }\n");
            Eventually.see(20, hive::said, said -> said.contains("no role is called 'nobody'"));
            assertThat(Reply.get(hive, "/v1/models/live").status()).isEqualTo(200);

            Files.writeString(file, good);
            Eventually.see(20, () -> Reply.get(hive, "/v1/models/live").status(), status -> status == 404);
            assertThat(Reply.getAsOperator(hive, "/v1/cluster/roles/kept").text())
                    .contains("\"source\":\"api\"");
        }
    }

    @Test
    void badRolesInTheFileAreToldWithTheirPlace(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("geniehive.yaml"), """
                roles:
                  a: { fallback: [b], operation: dance }
                  b: { fallback: [a], min-contxt: 5, max-size: huge }
                  c: { min-context: 100, defaults: { max_tokens: 100 } }
                """);

        Command.Ended ended = new Command(hive().distribution(), home, Map.of()).run("config", "validate");

        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.err())
                .contains("geniehive.yaml:2:", "'dance' is no operation", "goes round in a circle: a -> b -> a")
                .contains("min-contxt", "min-context", "huge", "leaves no room for a prompt");
    }

    private static int chats() {
        return (int) engines.stream()
                .flatMap(engine -> engine.seen().stream())
                .filter(Engines::isChat)
                .count();
    }

    /** {@return what the engine of the coder was asked last} */
    private static String lastChat() {
        Seen seen = engines.getFirst().seen().stream()
                .filter(Engines::isChat)
                .reduce((one, other) -> other)
                .orElseThrow();
        return new String(seen.body(), StandardCharsets.UTF_8);
    }

    private static Reply tell(String method, String path, String body) throws IOException {
        return tell(hive(), method, path, body);
    }

    private static Reply tell(Hive hive, String method, String path, String body) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            return Reply.of(client.request(method, path, body, "Authorization: Bearer " + Hive.ADMIN_KEY));
        }
    }

    private static List<String> documented(String language) throws IOException {
        Path checkout = Path.of(Objects.requireNonNull(System.getProperty("geniehive.checkout")));
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
                .matcher(Files.readString(checkout.resolve("docs/roles.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static Hive hive() {
        return Fixture.present(started);
    }
}
