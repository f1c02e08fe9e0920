package dev.geniehive.plugin.llamacpp;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** Knows llama.cpp's server, and llamafile's. */
public final class LlamaCppPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(
                ENGINE.named("llamacpp", context -> new LlamaCppEngine()),
                ENGINE.named("llamafile", context -> new LlamafileEngine()));
    }
}
