package dev.geniehive.plugin.whisper;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.testkit.FakeForm;
import dev.geniehive.testkit.ProviderAdapterContract;

class WhisperAdapterContractTest extends ProviderAdapterContract {
    @Override
    protected ProviderAdapter adapter() {
        return new WhisperAdapter();
    }

    @Override
    protected Invocation anInvocation() {
        return new Invocation(
                Operation.TRANSCRIPTION,
                "engine's \"name\"",
                FakeForm.empty()
                        .field("unheard_of", "1.50")
                        .file("file", "talk.wav", "audio/wav", "RIFF")
                        .field("model", "client's name")
                        .field("stream", "true"));
    }

    @Override
    protected String anEvent() {
        return "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hi\"}\n\n";
    }
}
