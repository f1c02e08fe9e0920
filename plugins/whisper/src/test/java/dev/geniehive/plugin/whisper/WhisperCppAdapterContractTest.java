package dev.geniehive.plugin.whisper;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.testkit.FakeForm;
import dev.geniehive.testkit.ProviderAdapterContract;

class WhisperCppAdapterContractTest extends ProviderAdapterContract {
    @Override
    protected ProviderAdapter adapter() {
        return new WhisperCppAdapter();
    }

    @Override
    protected boolean keepsTheBody() {
        return false;
    }

    @Override
    protected Invocation anInvocation() {
        return new Invocation(
                Operation.TRANSLATION,
                "whisper",
                FakeForm.empty()
                        .file("file", "talk.wav", "audio/wav", "RIFF")
                        .field("model", "client's name")
                        .field("stream", "true"));
    }

    @Override
    protected String anEvent() {
        return "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hi\"}\n\n";
    }
}
