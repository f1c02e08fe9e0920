package dev.geniehive.plugin.whisper;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.Reply;
import java.util.Map;
import java.util.Set;

/** Speaks OpenAI's audio API: the form goes out as it came, but for the engine's name of the model. */
final class WhisperAdapter implements ProviderAdapter {
    static final Map<Operation, String> PATHS = Map.of(
            Operation.TRANSCRIPTION, "/v1/audio/transcriptions",
            Operation.TRANSLATION, "/v1/audio/translations");

    @Override
    public Set<Operation> operations() {
        return PATHS.keySet();
    }

    @Override
    public Reply invoke(Upstream upstream, Invocation invocation) throws InterruptedException {
        String path = PATHS.get(invocation.operation());
        if (path == null) {
            throw new IllegalArgumentException("not an operation of this adapter: " + invocation.operation());
        }
        Wanted wanted = Wanted.of(invocation.body());
        UpstreamReply reply =
                upstream.send(UpstreamRequest.post(path, invocation.body().withModel(invocation.asset())));
        return reply.status() == 200 ? HeardReply.of(reply, wanted) : Reply.relaying(reply);
    }
}
