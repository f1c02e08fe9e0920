package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** What a client sees of a stream, and when. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StreamContract {
    private static final int TRIES = 30;
    private static final double MOST_ADDED_MS = 20;
    private static final int PACED_TRIES = 3;
    private static final int ABORTS = 10;
    private static final double MOST_ABORT_MS = 250;
    private static final int STREAMS = 200;

    /** Twice and more of what it is: a process that is not warm yet, through the link too. */
    private static final long MOST_STREAM_KILOBYTES = 150;

    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = """
            {"model": "fake-model", "stream": true, "messages": [{"role": "user", "content": "Hello"}]}""";

    private final FakeEngine engine = FakeEngine.start(Flavor.OPENAI, Knobs.defaults());
    private final Place place;

    StreamContract(Form form, Path folder) {
        place = form.start(
                folder, "", List.of("{ name: e1, url: \"%s\", engine: openai-compatible }".formatted(engine.uri())));
    }

    @AfterAll
    void stop() {
        Fixture.closeAll(place, engine);
    }

    @Test
    void addsLittleToTheFirstToken(TestReporter reporter) throws Exception {
        engine.turn(Knobs.defaults().with("tokens", 3));
        for (int i = 0; i < TRIES; i++) {
            firstTokenMs(place.port()); // the first ones tell how a cold process answers
        }
        List<Double> direct = new ArrayList<>();
        List<Double> through = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            direct.add(firstTokenMs(engine.port()));
            through.add(firstTokenMs(place.port()));
        }

        double added = median(through) - median(direct);

        reporter.publishEntry(
                "first token, ms (median)",
                "direct %.2f, through %.2f, added %.2f".formatted(median(direct), median(through), added));
        assertThat(added).isLessThan(MOST_ADDED_MS);
    }

    /** A machine that stands still for a moment merges two; who holds tokens back does so every time. */
    @Test
    void passesEachEventOnWhenItComes() throws Exception {
        engine.turn(Knobs.defaults().with("tokens", 10).with("token-ms", 20));
        List<RawClient.Chunk> tokens = tokens();
        for (int i = 1; i < PACED_TRIES && tokens.size() < 10; i++) {
            tokens = tokens();
        }

        assertThat(tokens)
                .hasSize(10)
                .allSatisfy(
                        chunk -> assertThat(occurrences(chunk.text(), "tok")).isEqualTo(1));
        double whole = (tokens.getLast().nanos() - tokens.getFirst().nanos()) / 1e6;
        assertThat(whole).as("from the first token to the last, ms").isBetween(120.0, 1_000.0);
    }

    /** {@return the chunks of a stream that hold tokens, as they came} */
    private List<RawClient.Chunk> tokens() throws IOException {
        try (RawClient client = RawClient.connect(place.port())) {
            client.post(CHAT, BODY);
            assertThat(client.head().status()).isEqualTo(200);
            return client.chunks().stream()
                    .filter(chunk -> chunk.text().contains("tok"))
                    .toList();
        }
    }

    @Test
    void freesTheEngineSoonAfterTheClientHangsUp(TestReporter reporter) throws Exception {
        engine.turn(Knobs.defaults().with("tokens", 1_000_000).with("token-ms", 20));
        List<Double> noticed = new ArrayList<>();
        for (int i = 0; i < ABORTS; i++) {
            noticed.add(abortMs());
        }

        reporter.publishEntry("from the client's end to the engine's, ms (median)", "%.2f".formatted(median(noticed)));
        assertThat(median(noticed)).isLessThan(MOST_ABORT_MS);
    }

    @Test
    void openStreamsWeighLittle(TestReporter reporter) throws Exception {
        engine.turn(Knobs.defaults().with("tokens", 1_000_000).with("token-ms", 1_000));
        long before = Jcmd.liveKilobytes(place.front());
        List<RawClient> open = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                open.add(begun());
            }
            long each = (Jcmd.liveKilobytes(place.front()) - before) / STREAMS;

            reporter.publishEntry("heap of an open stream, KiB", Long.toString(each));
            assertThat(each).isLessThan(MOST_STREAM_KILOBYTES);
        } finally {
            Fixture.closeAll(open.toArray(AutoCloseable[]::new));
        }
    }

    @Test
    void passesTheBytesOfTheEventsOnAsTheyAre() throws Exception {
        engine.turn(Knobs.defaults().with("tokens", 5));
        String direct = whole(engine.port());

        String through = whole(place.port());

        assertThat(through).isEqualTo(direct).endsWith("data: [DONE]\n\n");
        assertThat(occurrences(through, "[DONE]")).isEqualTo(1);
    }

    @Test
    void putsEventsThatCameInPiecesTogetherAgain() throws Exception {
        engine.turn(Knobs.defaults().with("tokens", 5));
        String expected = whole(engine.port());
        engine.turn(Knobs.defaults().with("tokens", 5).with("piece-bytes", 7));

        assertThat(whole(place.port())).isEqualTo(expected);
    }

    @Test
    void saysWhoAnsweredAndWhy() throws Exception {
        engine.turn(Knobs.defaults());
        try (RawClient client = RawClient.connect(place.port())) {
            client.post(CHAT, BODY, "x-request-id: stream-1");

            RawClient.Head head = client.head();

            assertThat(head.header("content-type").orElse("")).startsWith("text/event-stream");
            assertThat(head.header("x-request-id")).hasValue("stream-1");
            assertThat(head.header("x-geniehive-host")).hasValue(place.host(1));
            assertThat(head.header("x-geniehive-service")).hasValue(place.service(1));
            assertThat(head.header("x-geniehive-model")).hasValue("fake-model");
            assertThat(head.header("x-geniehive-attempts")).hasValue("1");
            assertThat(head.header("x-geniehive-queue-ms").orElse("")).matches("[0-9]+");
            assertThat(head.header("x-geniehive-route").orElse("")).isNotBlank();
            assertThat(head.header("x-geniehive-simulated")).isEmpty();
            assertThat(head.header("server")).isEmpty();
            client.body();
        }
    }

    @Test
    void answersManyRequestsOnOneConnection() throws Exception {
        engine.turn(Knobs.defaults().with("tokens", 2));
        try (RawClient client = RawClient.connect(place.port())) {
            for (int i = 0; i < 20; i++) {
                client.post(CHAT, BODY);
                assertThat(client.head().status()).isEqualTo(200);
                assertThat(client.text()).endsWith("data: [DONE]\n\n");
            }
        }
    }

    @Test
    void answersWholeChatsCompletionsAndEmbeddings() throws Exception {
        engine.turn(Knobs.defaults());
        Reply chat = Reply.post(place.front(), CHAT, "{\"model\":\"fake-model\",\"messages\":[]}");
        Reply completion =
                Reply.post(place.front(), "/v1/completions", "{\"model\":\"fake-model\",\"prompt\":\"Once\"}");
        Reply embedding = Reply.post(place.front(), "/v1/embeddings", "{\"model\":\"fake-model\",\"input\":\"Once\"}");

        assertThat(chat.json().at("/choices/0/message/content").asText()).isEqualTo("tok0 tok1 tok2 tok3 tok4 ");
        assertThat(completion.json().at("/choices/0/text").asText()).startsWith("tok0");
        assertThat(embedding.status()).as(embedding.text()).isEqualTo(200);
        assertThat(embedding.json().at("/data/0/embedding/1").asDouble()).isEqualTo(-0.5);
    }

    private double abortMs() throws Exception {
        int before = engine.seen().size();
        RawClient client = begun();
        long gone = System.nanoTime();
        client.close();
        engine.await(seen ->
                seen.id() > before && Engines.isChat(seen) && seen.hungUpMs().isPresent());
        return (System.nanoTime() - gone) / 1e6;
    }

    /** {@return a client whose answer has begun} */
    private RawClient begun() throws IOException {
        RawClient client = RawClient.connect(place.port());
        client.post(CHAT, BODY);
        assertThat(client.head().status()).isEqualTo(200);
        while (!client.chunk().orElseThrow().text().contains("tok")) {
            // the role comes first
        }
        return client;
    }

    private static double firstTokenMs(int port) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            long asked = System.nanoTime();
            client.post(CHAT, BODY);
            client.head();
            RawClient.Chunk chunk = client.chunk().orElseThrow();
            while (!chunk.text().contains("tok0")) {
                chunk = client.chunk().orElseThrow();
            }
            client.body();
            return (chunk.nanos() - asked) / 1e6;
        }
    }

    private static String whole(int port) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            client.post(CHAT, BODY);
            client.head();
            return client.text();
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static int occurrences(String text, String of) {
        return text.split(Pattern.quote(of), -1).length - 1;
    }
}
