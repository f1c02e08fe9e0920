package dev.geniehive.plugin.textservers;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** Knows servers of text that speak OpenAI. */
public final class TextServersPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(
                ENGINE.named("sglang", context -> new SglangEngine()),
                ENGINE.named("lmstudio", context -> new LmStudioEngine()),
                ENGINE.named("localai", context -> new LocalAiEngine()),
                ENGINE.named("tabbyapi", context -> new TabbyApiEngine()),
                ENGINE.named("lemonade", context -> new LemonadeEngine()),
                ENGINE.named("mlx", context -> new MlxEngine()),
                ENGINE.named("koboldcpp", context -> new KoboldCppEngine()));
    }
}
