import org.jspecify.annotations.NullMarked;

/** Knows llama.cpp's server, with one model or as a router of many, and llamafile's. */
@NullMarked
module dev.geniehive.plugin.llamacpp {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.llamacpp.LlamaCppPlugin;
}
