package dev.geniehive.simulation;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.plugin.ranking.RankingPlugin;
import dev.geniehive.testkit.FakeConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** All policies that are compared, by name. */
final class Policies {
    private Policies() {}

    static Map<String, RankingPolicy> all() {
        Map<String, RankingPolicy> policies = new LinkedHashMap<>();
        policies.put("random *", new Baselines.Chance());
        policies.put("power of two *", new Baselines.PowerOfTwo());
        for (Extension<?, ?> extension : new RankingPlugin().extensions()) {
            if (extension.point().equals(ExtensionPoint.RANKING_POLICY)) {
                policies.put(extension.name(), create(extension));
            }
        }
        return policies;
    }

    @SuppressWarnings("unchecked") // its point says what it makes, and of what
    private static RankingPolicy create(Extension<?, ?> extension) {
        return ((Extension<RankingPolicy, ExtensionContext>) extension).create().apply(new ExtensionContext() {
            @Override
            public ConfigView config() {
                return FakeConfig.empty();
            }
        });
    }
}
