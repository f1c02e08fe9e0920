import org.jspecify.annotations.NullMarked;

/** Speaks OpenAI in both directions: an adapter towards model servers, a facade towards clients. */
@NullMarked
module dev.geniehive.plugin.openai {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.openai.OpenAiPlugin;
}
