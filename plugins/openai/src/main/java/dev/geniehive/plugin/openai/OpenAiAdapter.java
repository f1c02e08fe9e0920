package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.Reply;
import java.util.Map;
import java.util.Set;

/** Speaks OpenAI to an engine: the body goes out with the engine's name for the model, the reply comes back as it is. */
final class OpenAiAdapter implements ProviderAdapter {
    private static final Map<Operation, String> PATHS = Map.of(
            Operation.CHAT, "/v1/chat/completions",
            Operation.COMPLETION, "/v1/completions",
            Operation.EMBEDDING, "/v1/embeddings");

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
        UpstreamReply reply =
                upstream.send(UpstreamRequest.post(path, invocation.body().withModel(invocation.asset())));
        return reply.status() == 200 ? MeteredReply.of(reply, invocation) : Reply.relaying(reply);
    }
}
