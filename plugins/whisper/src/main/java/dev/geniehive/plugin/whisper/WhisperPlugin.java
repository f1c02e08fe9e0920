package dev.geniehive.plugin.whisper;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;
import static dev.geniehive.api.spi.ExtensionPoint.PROVIDER_ADAPTER;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.List;

/** Transcription servers. */
public final class WhisperPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(
                PROVIDER_ADAPTER.named("whisper", context -> new WhisperAdapter()),
                PROVIDER_ADAPTER.named("whispercpp", context -> new WhisperCppAdapter()),
                ENGINE.named("whispercpp", context -> new WhisperCppEngine()),
                ENGINE.named("speaches", context -> new SpeachesEngine()));
    }
}
