package dev.geniehive.plugin.openaicompatible;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** Knows any server that speaks OpenAI. */
public final class OpenAiCompatiblePlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(ENGINE.named("openai-compatible", context -> new OpenAiCompatibleEngine()));
    }
}
