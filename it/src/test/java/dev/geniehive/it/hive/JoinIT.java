package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A machine joins a hive, once, and is known from then on. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinIT {
    private final Path distribution;
    private final Control control;
    private final Engines engines = Engines.serving("attic-model", 1);

    JoinIT(@TempDir Path folder) {
        distribution = Distribution.unpackTo(folder.resolve("unpacked"));
        control = Control.start(
                distribution, folder.resolve("control"), "heartbeat: { interval: 500ms, lost-after: 2s }\n");
    }

    @AfterAll
    void stop() {
        control.close();
        engines.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void byTheLineThatTheInvitationShowsAndServesWithoutListeningToTheNetwork(@TempDir Path folder) throws Exception {
        Command.Ended invited = control.asOperator().run("node", "invite", "--url", control.url());

        assertThat(invited.exitCode()).as(invited.err()).isZero();
        assertThat(invited.out())
                .matches("geniehive agent --join http://127\\.0\\.0\\.1:%d --token \\S+\\R".formatted(control.port()));
        String token = invited.out().strip().replaceFirst(".* ", "");
        try (Node attic = node(folder, token, "attic", Engines.services("", engines))) {
            attic.awaitUp();
            awaitOnline("attic");
            JsonNode service = Eventually.see(
                    15,
                    () -> Reply.getAsOperator(control, "/v1/cluster/services/attic/e1")
                            .json(),
                    json -> json.path("status").asText().equals("healthy"));

            assertThat(service.get("route").asText()).isEqualTo("link");
            assertThat(Listening.of(control.process().pid()))
                    .extracting(Listening::port)
                    .contains(control.port());
            assertThat(Listening.of(attic.process().pid())).allMatch(Listening::onlyForThisMachine);
            assertThat(Reply.get(control, "/v1/models").text()).contains("attic-model");
            assertThat(attic.said() + attic.output() + control.said() + control.output())
                    .doesNotContain(token);
            assertStreams();
        }
    }

    private void assertStreams() throws Exception {
        FakeEngine engine = engines.get(1);
        assertThat(Outcome.of(control.port(), "attic-model", true).status()).isEqualTo(200); // the first one is slow
        engine.turn(engines.good().with("tokens", 10).with("token-ms", 30));
        try (RawClient client = RawClient.connect(control.port())) {
            client.post(Outcome.CHAT, Outcome.chat("attic-model", true));
            RawClient.Head head = client.head();
            List<RawClient.Chunk> tokens = client.chunks().stream()
                    .filter(chunk -> chunk.text().contains("tok"))
                    .toList();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-geniehive-host")).hasValue("attic");
            assertThat(head.header("x-geniehive-service")).hasValue("attic/e1");
            assertThat(tokens).hasSize(10);
            assertThat((tokens.getLast().nanos() - tokens.getFirst().nanos()) / 1e6)
                    .as("from the first token to the last, ms")
                    .isBetween(180.0, 2_000.0);
        } finally {
            engines.allBehave();
        }
    }

    @Test
    void onceByEachToken(@TempDir Path folder) throws Exception {
        String token = control.invite();
        try (Node first = node(folder.resolve("first"), token, "first", List.of())) {
            first.awaitUp();
            awaitOnline("first");

            Command.Ended second = new Command(distribution, folder, Map.of())
                    .run("agent", "--port", "0", "--join", control.url(), "--token", token);

            assertThat(second.exitCode()).as(second.err()).isEqualTo(4);
            assertThat(second.err()).contains("geniehive node invite").doesNotContain(token, "\tat ");
            Reply.post(
                            control,
                            "/v1/nodes/register",
                            PretendedNode.introduction("second", ""),
                            "Authorization: Bearer " + token)
                    .refused(401, "authentication_error", "invalid_join_token");
        }
    }

    @Test
    void notByATokenThatNobodyGave(@TempDir Path home) throws Exception {
        Command.Ended ended = new Command(distribution, home, Map.of())
                .run("agent", "--port", "0", "--join", control.url(), "--token", "gh-join-made-up");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
        assertThat(ended.err()).contains("geniehive node invite").doesNotContain("gh-join-made-up", "\tat ");
    }

    @Test
    void andIsTheSameMachineAfterEveryRestart(@TempDir Path folder) throws Exception {
        try (Node node = node(folder, control.invite(), "stayer", List.of())) {
            node.awaitUp();
            awaitOnline("stayer");
            Set<String> before = hosts();

            node.stop();
            node.again();
            awaitOnline("stayer");
            assertThat(hosts()).isEqualTo(before);

            control.kill();
            control.again();
            awaitOnline("stayer");
            assertThat(hosts()).isEqualTo(before);

            node.kill();
            control.stop();
            node.beginAgain(); // while nobody is there to talk to
            control.again();
            awaitOnline("stayer");
            assertThat(hosts()).isEqualTo(before);
        }
    }

    @Tag("long")
    @Test
    void andIsTheSameMachineWhenItIsInvitedOnceMore(@TempDir Path folder) throws Exception {
        try (Node node = node(folder, control.invite(), "twice-invited", List.of())) {
            node.awaitUp();
            awaitOnline("twice-invited");
        }
        Set<String> before = hosts();

        try (Node node = node(folder, control.invite(), "twice-invited", List.of())) {
            node.awaitUp();

            awaitOnline("twice-invited");
            assertThat(hosts()).isEqualTo(before);
        }
    }

    @Tag("long")
    @Test
    void underAnIdOfItsOwnWhereTheNameIsTaken(@TempDir Path folder) throws Exception {
        try (Node one = node(folder.resolve("one"), control.invite(), "twin", Engines.services("", engines));
                Node other = node(folder.resolve("other"), control.invite(), "twin", Engines.services("", engines))) {
            one.awaitUp();
            other.awaitUp();

            List<String> ids = Eventually.see(15, this::twins, twins -> twins.size() == 2);

            assertThat(ids).doesNotHaveDuplicates().contains("twin");
            for (String id : ids) {
                Eventually.see(
                        15,
                        () -> Reply.getAsOperator(control, "/v1/cluster/services/%s/e1".formatted(id))
                                .text(),
                        text -> text.contains("\"healthy\""));
            }
        }
    }

    private List<String> twins() throws Exception {
        List<String> ids = new ArrayList<>();
        for (JsonNode host :
                Reply.getAsOperator(control, "/v1/cluster/hosts").json().get("data")) {
            if (host.get("name").asText().equals("twin")
                    && host.get("status").asText().equals("online")) {
                ids.add(host.get("id").asText());
            }
        }
        return ids;
    }

    /** {@return the ids of all machines that were ever seen} */
    private Set<String> hosts() throws Exception {
        Set<String> ids = new TreeSet<>();
        Reply.getAsOperator(control, "/v1/cluster/hosts")
                .json()
                .get("data")
                .forEach(host -> ids.add(host.get("id").asText()));
        return ids;
    }

    private void awaitOnline(String host) throws Exception {
        Eventually.see(
                20,
                () -> Reply.getAsOperator(control, "/v1/cluster/hosts/" + host).text(),
                text -> text.contains("\"status\":\"online\""));
    }

    private Node node(Path folder, String token, String name, List<String> services) {
        return Node.join(distribution, folder, control.url(), token, name, Node.yaml(name, services));
    }
}
