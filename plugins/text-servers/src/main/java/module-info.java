import org.jspecify.annotations.NullMarked;

/** Knows servers that write text, speak OpenAI, and tell about themselves in words of their own. */
@NullMarked
module dev.geniehive.plugin.textservers {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.textservers.TextServersPlugin;
}
