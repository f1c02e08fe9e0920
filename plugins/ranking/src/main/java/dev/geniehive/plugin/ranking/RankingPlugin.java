package dev.geniehive.plugin.ranking;

import static dev.geniehive.api.spi.ExtensionPoint.RANKING_POLICY;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** The ranking policies that come with GenieHive. */
public final class RankingPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(RANKING_POLICY.named("loaded-first", context -> new LoadedFirst()));
    }
}
