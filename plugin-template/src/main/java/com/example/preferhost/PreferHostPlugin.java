package com.example.preferhost;

import static dev.geniehive.api.spi.ExtensionPoint.RANKING_POLICY;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** What this plugin adds. */
public final class PreferHostPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(RANKING_POLICY.named(
                "prefer-host", context -> new PreferHost(PreferHostConfig.from(context.config()))));
    }
}
