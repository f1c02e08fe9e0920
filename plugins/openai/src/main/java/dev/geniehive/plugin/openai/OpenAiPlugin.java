package dev.geniehive.plugin.openai;

import static dev.geniehive.api.spi.ExtensionPoint.API_FACADE;
import static dev.geniehive.api.spi.ExtensionPoint.PROVIDER_ADAPTER;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** The OpenAI dialect, spoken to model servers and offered to clients. */
public final class OpenAiPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(
                PROVIDER_ADAPTER.named("openai", context -> OpenAiAdapter.ofOpenAi()),
                PROVIDER_ADAPTER.named("tei", context -> OpenAiAdapter.ofTei()),
                PROVIDER_ADAPTER.named("infinity", context -> OpenAiAdapter.ofInfinity()),
                API_FACADE.named("openai", context -> new OpenAiFacade(context.gateway(), context.catalogue())));
    }
}
