package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.HeldEngines;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HouseholdTest {
    private static final int OWN_PORT = 7833;
    private static final String SERVER = "http://127.0.0.1:8080";
    private static final AgentConfig NOTHING = config();

    private final AtomicLong nanos = new AtomicLong();
    private final HeldEngines engines =
            new HeldEngines().knows("llamacpp", 8080).knows("simulator").alive("simulator", "made-up");
    private final Household household = new Household(
            engines,
            new Discovery(engines, base -> new FakeUpstream(base.toString())),
            spec -> new FakeUpstream(spec.name()),
            nanos::get,
            () -> Set.of(OWN_PORT));

    @AfterEach
    void stop() {
        household.close();
    }

    @Test
    void adoptsWhatIsConfigured() throws Exception {
        engines.alive("llama", "qwen");

        arrange(config(service("llama", "http://box:8080", "llamacpp")));

        assertThat(names()).containsExactly("llama");
        assertThat(report("llama").inventory().health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(report("llama").engine()).isEqualTo("llamacpp");
    }

    @Test
    void saysOfAllItsServicesWhichQueuesTheyServe() throws Exception {
        engines.alive("llama", "qwen");
        AgentConfig shared = config(service("llama", "http://box:8080", "llamacpp"));
        arrange(shared);
        assertThat(report("llama").terms().queues()).containsExactly("shared");

        arrange(new AgentConfig(
                shared.name(),
                shared.labels(),
                true,
                shared.simulator(),
                shared.services(),
                shared.controls(),
                List.of("review")));

        assertThat(report("llama").terms().queues()).containsExactly("review");
    }

    @Test
    void findsOutWhichEngineAConfiguredServiceIs() throws Exception {
        engines.server("http://box:1", "llamacpp", Certainty.UNIQUE).alive("llama", "qwen");

        arrange(config(service("llama", "http://box:1", "")));

        assertThat(report("llama").engine()).isEqualTo("llamacpp");
    }

    @Test
    void adoptsAConfiguredServiceOnceItIsThere() throws Exception {
        AgentConfig config = config(service("llama", "http://box:1", ""));
        arrange(config);
        assertThat(names()).containsExactly("llama", "simulator");
        assertThat(report("llama").inventory().health()).isEqualTo(ServiceHealth.UNREACHABLE);
        assertThat(report("llama").inventory().reason()).contains("no engine was recognised");

        engines.server("http://box:1", "llamacpp", Certainty.UNIQUE).alive("llama", "qwen");
        arrange(config);

        assertThat(names()).containsExactly("llama");
        assertThat(report("llama").engine()).isEqualTo("llamacpp");
    }

    @Test
    void adoptsWhatItFinds() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE).alive("llamacpp", "qwen");

        arrange(NOTHING);
        arrange(NOTHING);

        assertThat(names()).containsExactly("llamacpp");
    }

    @Test
    void doesNotFindWhatIsConfiguredUnderAnotherSpelling() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE)
                .alive("llama", "qwen")
                .alive("llamacpp", "qwen");
        arrange(NOTHING);
        assertThat(names()).contains("llamacpp");

        arrange(config(service("llama", "http://localhost:8080", "llamacpp")));

        assertThat(names()).containsExactly("llama");
    }

    @Test
    void findsAnEngineHereOnThePortOfAConfiguredOneElsewhere() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE)
                .alive("llama", "qwen")
                .alive("llamacpp", "qwen");

        arrange(config(service("llama", "http://box:8080", "llamacpp")));

        assertThat(names()).containsExactly("llama", "llamacpp");
    }

    @Test
    void givesFoundServicesNamesThatNobodyConfigured() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE).alive("llamacpp-2", "qwen");
        AgentConfig config = config(service("llamacpp", "http://box:1", ""));

        arrange(config);
        assertThat(names()).contains("llamacpp-2");

        engines.server("http://box:1", "llamacpp", Certainty.UNIQUE).alive("llamacpp", "phi");
        arrange(config);
        assertThat(names()).contains("llamacpp", "llamacpp-2");
    }

    @Test
    void aConfiguredServiceTakesItsNameFromWhatWasFound() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE)
                .alive("llamacpp", "qwen")
                .alive("llamacpp-2", "qwen");
        arrange(NOTHING);

        arrange(config(service("llamacpp", "http://box:1", "llamacpp")));

        assertThat(names()).containsExactly("llamacpp", "llamacpp-2");
        assertThat(report("llamacpp").reach().toString()).isEqualTo("direct");
    }

    @Test
    void neverMindsItself() throws Exception {
        engines.knows("generic", OWN_PORT)
                .server("http://127.0.0.1:" + OWN_PORT, "generic", Certainty.GENERIC)
                .alive("me", "qwen")
                .alive("generic", "qwen");

        arrange(config(service("me", "http://localhost:" + OWN_PORT, "generic")));

        assertThat(names()).containsExactly("simulator");
    }

    @Test
    void showsWhatNoPluginKnowsAndWhy() throws Exception {
        arrange(config(service("odd", "http://box:1", "klingon")));

        assertThat(names()).containsExactly("odd", "simulator");
        assertThat(report("odd").inventory().health()).isEqualTo(ServiceHealth.UNHEALTHY);
        assertThat(report("odd").inventory().reason()).isEqualTo("no plugin knows the engine 'klingon'");
    }

    @Test
    void theSimulatorServesOnlyWhileThereIsNoEngine() throws Exception {
        arrange(NOTHING);
        assertThat(names()).containsExactly("simulator");

        engines.server(SERVER, "llamacpp", Certainty.UNIQUE).alive("llamacpp", "qwen");
        arrange(NOTHING);
        assertThat(names()).containsExactly("llamacpp");

        engines.dead("llamacpp");
        awaitHealth("llamacpp", ServiceHealth.UNREACHABLE);
        arrange(NOTHING);
        assertThat(names()).containsExactly("llamacpp", "simulator");
    }

    @Test
    void theSimulatorServesAlwaysOrNeverWhereThatIsConfigured() throws Exception {
        engines.alive("llama", "qwen");
        ServiceSpec llama = service("llama", "http://box:1", "llamacpp");

        arrange(new AgentConfig("box", Map.of(), false, AgentConfig.Simulator.ALWAYS, List.of(llama)));
        assertThat(names()).containsExactly("llama", "simulator");

        arrange(new AgentConfig("box", Map.of(), false, AgentConfig.Simulator.NEVER, List.of()));
        assertThat(names()).isEmpty();
    }

    @Test
    void forgetsWhatItFoundAfterAMinuteOfSilence() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE).alive("llamacpp", "qwen");
        arrange(NOTHING);
        engines.dead("llamacpp");
        awaitHealth("llamacpp", ServiceHealth.UNREACHABLE);

        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        arrange(NOTHING);
        assertThat(names()).contains("llamacpp");

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        engines.stop(SERVER);
        arrange(NOTHING);
        assertThat(names()).containsExactly("simulator");
    }

    @Test
    void remembersTheModelsOfAnEngineThatDied() throws Exception {
        engines.alive("llama", "qwen");
        arrange(config(service("llama", "http://box:1", "llamacpp")));

        engines.dead("llama");
        awaitHealth("llama", ServiceHealth.UNREACHABLE);

        assertThat(report("llama").inventory().assets()).singleElement().satisfies(asset -> {
            assertThat(asset.id()).isEqualTo("qwen");
            assertThat(asset.loaded()).isFalse();
        });
        assertThat(report("llama").inventory().adapters()).isNotEmpty();
    }

    @Test
    void goesOnLookingWhenAPluginBreaks() throws Exception {
        engines.failing("llama", new GenieException(ErrorKind.INTERNAL, "engine 'llamacpp' broke"));
        arrange(config(service("llama", "http://box:1", "llamacpp")));
        assertThat(report("llama").inventory().health()).isEqualTo(ServiceHealth.UNHEALTHY);

        engines.failing("llama", new IllegalStateException("a bug"));
        long looks = report("llama").looks();
        while (report("llama").looks() == looks) {
            household.lookAgain(Set.of("llama"));
        }

        engines.alive("llama", "qwen");
        awaitHealth("llama", ServiceHealth.HEALTHY);
    }

    @Test
    void dropsWhatIsNoLongerConfiguredOrKnown() throws Exception {
        engines.alive("llama", "qwen").alive("other", "phi");
        ServiceSpec llama = service("llama", "http://box:1", "llamacpp");
        arrange(config(llama, service("other", "http://box:2", "llamacpp")));

        arrange(config(llama));
        assertThat(names()).containsExactly("llama");

        engines.forget("llamacpp");
        arrange(config(llama));
        assertThat(names()).containsExactly("llama", "simulator");
        assertThat(report("llama").inventory().health()).isEqualTo(ServiceHealth.UNHEALTHY);
    }

    private void arrange(AgentConfig config) throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            household.arrange(config);
            household.awaitFirstLooks(Duration.ofSeconds(5));
        }
    }

    private void awaitHealth(String name, ServiceHealth health) {
        while (report(name).inventory().health() != health) {
            household.lookAgain(Set.of(name));
            Thread.onSpinWait();
        }
    }

    private List<String> names() {
        return household.reports().stream().map(ServiceReport::name).sorted().toList();
    }

    private ServiceReport report(String name) {
        return household.reports().stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static AgentConfig config(ServiceSpec... services) {
        return new AgentConfig("box", Map.of(), true, AgentConfig.Simulator.AUTO, List.of(services));
    }

    private static ServiceSpec service(String name, String url, String engine) {
        return new ServiceSpec(
                name,
                Optional.of(engine).filter(known -> !known.isEmpty()),
                URI.create(url),
                Terms.NONE,
                Optional.empty(),
                ServiceSpec.Origin.CONFIGURED);
    }
}
