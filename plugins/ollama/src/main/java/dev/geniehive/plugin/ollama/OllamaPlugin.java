package dev.geniehive.plugin.ollama;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** Knows Ollama. */
public final class OllamaPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(ENGINE.named("ollama", context -> new OllamaEngine()));
    }
}
