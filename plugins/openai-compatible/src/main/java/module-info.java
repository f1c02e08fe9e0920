import org.jspecify.annotations.NullMarked;

/** Knows any server that speaks OpenAI and that nobody knows better. */
@NullMarked
module dev.geniehive.plugin.openaicompatible {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.openaicompatible.OpenAiCompatiblePlugin;
}
