package dev.geniehive.plugin.vllm;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** Knows vLLM. */
public final class VllmPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(ENGINE.named("vllm", context -> new VllmEngine()));
    }
}
