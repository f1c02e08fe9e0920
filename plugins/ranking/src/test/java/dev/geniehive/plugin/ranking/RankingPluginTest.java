package dev.geniehive.plugin.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.spi.Extension;
import org.junit.jupiter.api.Test;

class RankingPluginTest {
    @Test
    void offersEveryPolicyByItsName() {
        assertThat(new RankingPlugin().extensions())
                .extracting(Extension::name)
                .containsExactly(
                        "loaded-first", "round-robin", "least-outstanding", "weighted", "latency", "prefix-affinity");
    }
}
