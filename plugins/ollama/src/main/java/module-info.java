import org.jspecify.annotations.NullMarked;

/** Knows Ollama. */
@NullMarked
module dev.geniehive.plugin.ollama {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.ollama.OllamaPlugin;
}
