package dev.geniehive.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.testkit.FakeUpstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DiscoveryTest {
    private static final String SERVER = "http://127.0.0.1:8080";

    private final HeldEngines engines = new HeldEngines()
            .knows("generic", 8080)
            .knows("llamacpp", 8080, 8081)
            .knows("vllm", 8000);
    private final Discovery discovery = new Discovery(engines, base -> new FakeUpstream(base.toString()));

    @Test
    void theSurestWins() throws Exception {
        engines.server(SERVER, "generic", Certainty.GENERIC)
                .server(SERVER, "llamacpp", Certainty.UNIQUE)
                .server(SERVER, "vllm", Certainty.LISTING);

        assertThat(discovery.look(Set.of()))
                .containsExactly(new Discovery.Found("llamacpp", URI.create(SERVER), Certainty.UNIQUE, "1.0"));
    }

    @Test
    void aPortThatRefusesIsAskedOnce() throws Exception {
        assertThat(discovery.look(Set.of(8000, 8081))).isEmpty();

        assertThat(engines.fingerprinted()).containsExactly("generic " + SERVER);
    }

    @Test
    void aServerThatNobodyKnowsIsLeftAlone() throws Exception {
        engines.server(SERVER, "unknown", Certainty.UNIQUE);

        assertThat(discovery.look(Set.of())).isEmpty();
    }

    @Test
    void aServerThatNobodyKnowsIsAskedMoreAndMoreSeldom() throws Exception {
        engines.server(SERVER, "unknown", Certainty.UNIQUE);
        List<Integer> asked = new ArrayList<>();
        for (int look = 0; look < 40; look++) {
            int before = engines.fingerprinted().size();
            discovery.look(Set.of(8000, 8081));
            if (engines.fingerprinted().size() > before) {
                asked.add(look);
            }
        }

        assertThat(asked).containsExactly(0, 2, 6, 14, 26, 38);
    }

    @Test
    void whoComesAfterAServerThatNobodyKnewIsLookedAtAtOnce() throws Exception {
        engines.server(SERVER, "unknown", Certainty.UNIQUE);
        for (int look = 0; look < 3; look++) {
            discovery.look(Set.of());
        }
        engines.stop(SERVER);
        for (int look = 0; look < 4; look++) {
            assertThat(discovery.look(Set.of())).isEmpty();
        }
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE);

        assertThat(discovery.look(Set.of())).hasSize(1);
    }

    @Test
    void asksAServerOnceForWhatSeveralEnginesWantToKnow() throws Exception {
        FakeUpstream server = new FakeUpstream();
        Engines curious =
                new HeldEngines().knows("one", 8080).knows("other", 8080).asking("/v1/models");

        new Discovery(curious, base -> server).identify(URI.create(SERVER));

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void portsThatAreKnownAreNotLookedAt() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE).server("http://127.0.0.1:8000", "vllm", Certainty.UNIQUE);

        assertThat(discovery.look(Set.of(8080)))
                .extracting(Discovery.Found::engine)
                .containsExactly("vllm");
    }

    @Test
    void looksAtSeveralAddressesAtOnce() throws Exception {
        engines.server(SERVER, "llamacpp", Certainty.UNIQUE).server("http://box:1", "vllm", Certainty.HEADER);

        assertThat(discovery.identify(
                        List.of(URI.create(SERVER), URI.create("http://box:1"), URI.create("http://no:1"))))
                .extracting(Discovery.Found::engine)
                .containsExactly("llamacpp", "vllm");
    }
}
