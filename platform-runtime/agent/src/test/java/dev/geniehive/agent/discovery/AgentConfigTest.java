package dev.geniehive.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.agent.discovery.AgentConfig.Simulator;
import dev.geniehive.kernel.config.Secret;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {
    @Test
    void anEmptySectionFindsForItselfWhatIsThere() {
        assertThat(AgentConfig.from(FakeConfig.empty(), "workshop"))
                .isEqualTo(new AgentConfig("workshop", Map.of(), true, Simulator.AUTO, List.of()));
    }

    @Test
    void readsEveryKey() {
        FakeConfig config = FakeConfig.of(Map.of(
                "name",
                "attic",
                "labels",
                Map.of("zone", "roof"),
                "discover",
                false,
                "simulator",
                "never",
                "services",
                List.of(Map.of(
                        "name", "llama",
                        "url", "http://127.0.0.1:8080/",
                        "engine", "llamacpp",
                        "api-key", "secret",
                        "aliases", Map.of("fast", "model.gguf"),
                        "priority", 5,
                        "cost", 2,
                        "max-concurrent", 4,
                        "exposure", "world"))));

        AgentConfig read = AgentConfig.from(config, "workshop");

        assertThat(read)
                .isEqualTo(new AgentConfig(
                        "attic",
                        Map.of("zone", "roof"),
                        false,
                        Simulator.NEVER,
                        List.of(new ServiceSpec(
                                "llama",
                                Optional.of("llamacpp"),
                                URI.create("http://127.0.0.1:8080"),
                                new Terms(Map.of("fast", "model.gguf"), 5, 2, OptionalInt.of(4), "world"),
                                Optional.of("secret"),
                                ServiceSpec.Origin.CONFIGURED))));
        assertThat(config.rejected()).isEmpty();
        assertThat(read.services().getFirst().toString()).doesNotContain("secret");
    }

    @Test
    void servesTheSharedQueueUnlessItNamesOthers() {
        FakeConfig wrong = FakeConfig.of(Map.of("queues", List.of("Not This")));

        assertThat(AgentConfig.from(FakeConfig.empty(), "box").queues()).containsExactly("shared");
        assertThat(AgentConfig.from(FakeConfig.of(Map.of("queues", List.of("review", "review"))), "box")
                        .queues())
                .containsExactly("review");
        AgentConfig.from(wrong, "box");
        assertThat(wrong.rejected()).containsExactly("queues");
    }

    @Test
    void knowsTheControlPlanesThatAreNamedAndTheOneToJoin() {
        FakeConfig config = FakeConfig.of(Map.of(
                "control",
                List.of("http://one:7833/", "https://two"),
                "join",
                "http://one:7833",
                "join-token",
                "s3cret"));

        AgentConfig.Controls controls = AgentConfig.from(config, "box").controls();

        assertThat(config.rejected()).isEmpty();
        assertThat(controls.urls()).containsExactly(URI.create("http://one:7833"), URI.create("https://two"));
        assertThat(controls.tokenFor(URI.create("http://one:7833")).map(Secret::reveal))
                .contains("s3cret");
        assertThat(controls.tokenFor(URI.create("https://two")))
                .as("the token is for who is joined")
                .isEmpty();
        assertThat(controls.toString()).doesNotContain("s3cret");
    }

    @Test
    void takesATokenWithoutAnAddressForAnyOfTheControlPlanes() {
        AgentConfig.Controls controls = AgentConfig.from(FakeConfig.of(Map.of("join-token", "s3cret")), "box")
                .controls();

        assertThat(controls.tokenFor(URI.create("http://remembered"))).contains(new Secret("s3cret"));
    }

    @Test
    void rejectsControlPlanesAndTokensThatAreNone() {
        FakeConfig config = FakeConfig.of(
                Map.of("control", List.of("one:7833"), "join", "http://me@one", "join-token", "two words"));

        AgentConfig.from(config, "box");

        assertThat(config.rejected()).containsExactly("control", "join", "join-token");
    }

    @Test
    void rejectsWhatIsOutOfBounds() {
        FakeConfig config = FakeConfig.of(Map.of("name", "a b", "simulator", "sometimes"));

        AgentConfig.from(config, "workshop");

        assertThat(config.rejected()).containsExactly("name", "simulator");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost:8080", "ftp://box", "http://", "http://me@box", "http://box?x=1", "http://b ox"})
    void rejectsAnAddressThatIsNone(String url) {
        assertThat(rejectedIn(Map.of("name", "llama", "url", url))).containsExactly("url");
    }

    @Test
    void rejectsNumbersThatMakeNoSense() {
        assertThat(rejectedIn(Map.of("name", "a", "url", "http://box", "max-concurrent", 0, "cost", -1)))
                .containsExactlyInAnyOrder("max-concurrent", "cost");
    }

    @Test
    void rejectsServicesWithoutANameOrWithTheSame() {
        Map<String, String> nameless = Map.of("url", "http://box");
        Map<String, String> llama = Map.of("name", "llama", "url", "http://box");

        assertThat(rejectedIn(nameless)).containsExactly("name");
        assertThat(rejectedIn(llama, llama)).containsExactly("name");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:80,  http://localhost,       true",
        "http://localhost:8080,http://127.0.0.1:8080,  true",
        "http://[::1]:8080,    http://127.0.0.1:8080,  true",
        "http://10.0.0.5:8080, http://10.0.0.5:8080,   true",
        "http://10.0.0.5:8080, http://127.0.0.1:8080,  false",
        "http://localhost:8081,http://127.0.0.1:8080,  false",
    })
    void knowsThisMachineByAllItsNames(String one, String other, boolean same) {
        ServiceSpec spec = new ServiceSpec(
                "a", Optional.empty(), URI.create(one), Terms.NONE, Optional.empty(), ServiceSpec.Origin.CONFIGURED);

        assertThat(spec.isAt(URI.create(other))).isEqualTo(same);
    }

    /** Sections are separate views; each remembers what was rejected in it. */
    private static List<String> rejectedIn(Map<?, ?>... services) {
        List<String> rejected = new ArrayList<>();
        AgentConfig.from(new RejectingConfig(FakeConfig.of(Map.of("services", List.of(services))), rejected), "box");
        return rejected;
    }
}
