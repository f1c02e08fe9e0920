package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Seen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Much of everything through the link: large requests, large answers, many at once. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkBodyIT {
    private static final int PIECES = 24 * 1024;
    private static final int AT_ONCE = 60;

    private final Engines engines = Engines.serving("fake-model", 2);
    private final Place hive;

    LinkBodyIT(@TempDir Path folder) {
        hive = Form.BEHIND_AGENTS.start(folder, "server: { max-body: 32MiB }\n", Engines.services("", engines));
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.close();
    }

    @BeforeEach
    void allIsWell() {
        engines.allBehave();
    }

    @Test
    void carriesALargeRequestByteForByte() throws Exception {
        String body = "{\"model\":\"fake-model\",\"messages\":[],\"filler\":[\"%s\"]}"
                .formatted(("é" + "0123456789abcdef".repeat(63) + "\",\"").repeat(PIECES));

        Reply reply = Reply.post(hive.front(), Outcome.CHAT, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        int answering = reply.header("x-geniehive-service").orElse("").equals(hive.service(1)) ? 1 : 2;
        Seen seen = engines.get(answering).await(request -> request.body().length > (20 << 20));
        assertThat(new String(seen.body(), UTF_8)).isEqualTo(body);
    }

    @Test
    void carriesALargeAnswerByteForByte() throws Exception {
        FakeEngine engine = engines.get(1);
        engine.turn(engines.good().with("tokens", 300_000));

        String direct = Outcome.of(engine.port(), "fake-model", false).text();
        String through = Outcome.of(hive.port(), "fake-model", false).text();

        assertThat(direct.length()).isGreaterThan(2 << 20);
        assertThat(through.equals(direct))
                .as("what came through is what was sent")
                .isTrue();
    }

    @Test
    void carriesManyAtOnceAndMixesNothingUp() throws Exception {
        engines.all()
                .forEach(engine -> engine.turn(engines.good().with("tokens", 40).with("token-ms", 10)));
        List<Meanwhile<Outcome>> asked = new ArrayList<>();

        for (int i = 0; i < AT_ONCE; i++) {
            asked.add(Meanwhile.of(() -> Outcome.of(hive.port(), "fake-model", true)));
        }

        String first = asked.getFirst().result().text();
        assertThat(first).containsSubsequence("tok0 ", "tok39 ", "data: [DONE]\n\n");
        for (Meanwhile<Outcome> one : asked) {
            assertThat(one.result().status()).as(one.result().text()).isEqualTo(200);
            assertThat(one.result().text()).isEqualTo(first);
        }
    }

    @Test
    void carriesAnAnswerThatComesInTinyPieces() throws Exception {
        FakeEngine engine = engines.get(1);
        engine.turn(engines.good().with("tokens", 30));
        String whole = Outcome.of(engine.port(), "fake-model", true).text();
        engine.turn(engines.good().with("tokens", 30).with("piece-bytes", 5));

        assertThat(Outcome.of(hive.port(), "fake-model", true).text()).isEqualTo(whole);
    }

    @Test
    void keepsItsConnectionsForManyRequests() throws Exception {
        try (RawClient client = RawClient.connect(hive.port())) {
            for (int i = 0; i < 200; i++) {
                client.post(Outcome.CHAT, Outcome.chat("fake-model", i % 2 == 0));
                Outcome outcome = Outcome.read(client);
                assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
                assertThat(outcome.header("x-geniehive-attempts")).isEqualTo("1");
            }
        }
    }
}
