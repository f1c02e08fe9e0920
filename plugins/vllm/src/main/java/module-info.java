import org.jspecify.annotations.NullMarked;

/** Knows vLLM. */
@NullMarked
module dev.geniehive.plugin.vllm {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.vllm.VllmPlugin;
}
