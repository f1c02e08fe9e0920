import org.jspecify.annotations.NullMarked;

/** Knows servers that make vectors of texts and rank them: Text Embeddings Inference and Infinity. */
@NullMarked
module dev.geniehive.plugin.embeddings {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.embeddings.EmbeddingsPlugin;
}
