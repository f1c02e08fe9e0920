package dev.geniehive.plugin.ranking;

import static dev.geniehive.api.spi.ExtensionPoint.RANKING_POLICY;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.GeniePlugin;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.List;
import java.util.function.Function;

/** The ranking policies that come with GenieHive. */
public final class RankingPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(
                named("loaded-first", config -> new LoadedFirst()),
                named("round-robin", config -> new RoundRobin()),
                named("least-outstanding", config -> new LeastOutstanding()),
                named("weighted", config -> new Weighted(config.weights())),
                named("latency", config -> new Latency(config.answerTokens())),
                named("prefix-affinity", config -> new PrefixAffinity(config.answerTokens(), config.prefixBonus())));
    }

    /** All policies share one section, and each reads all of it: a key is known whichever is asked for. */
    private static Extension<RankingPolicy, ExtensionContext> named(
            String name, Function<RankingConfig, RankingPolicy> create) {
        return RANKING_POLICY.named(name, context -> create.apply(RankingConfig.from(context.config())));
    }
}
