package dev.geniehive.plugin.embeddings;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** Knows servers of embeddings. */
public final class EmbeddingsPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(
                ENGINE.named("tei", context -> new TeiEngine()),
                ENGINE.named("infinity", context -> new InfinityEngine()));
    }
}
