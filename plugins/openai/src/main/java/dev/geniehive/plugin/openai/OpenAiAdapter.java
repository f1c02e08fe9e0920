package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.Reply;
import java.util.Map;
import java.util.Set;

/**
 * Speaks OpenAI to an engine: the body goes out with the engine's name for the model, the reply comes back as it is.
 * Only rankings, for which there is no OpenAI, are put into one shape.
 */
final class OpenAiAdapter implements ProviderAdapter {
    private final Map<Operation, String> paths;
    private final RerankDialect reranking;

    private OpenAiAdapter(Map<Operation, String> paths, RerankDialect reranking) {
        this.paths = paths;
        this.reranking = reranking;
    }

    /** {@return the adapter for engines that speak OpenAI, and Jina where they rank} */
    static OpenAiAdapter ofOpenAi() {
        return new OpenAiAdapter(
                Map.of(
                        Operation.CHAT, "/v1/chat/completions",
                        Operation.COMPLETION, "/v1/completions",
                        Operation.EMBEDDING, "/v1/embeddings",
                        Operation.RERANK, "/v1/rerank"),
                RerankDialect.JINA);
    }

    /** {@return the adapter for Text Embeddings Inference} */
    static OpenAiAdapter ofTei() {
        return new OpenAiAdapter(
                Map.of(Operation.EMBEDDING, "/v1/embeddings", Operation.RERANK, "/rerank"), RerankDialect.TEI);
    }

    /** {@return the adapter for Infinity, whose paths have no prefix unless it was started with one} */
    static OpenAiAdapter ofInfinity() {
        return new OpenAiAdapter(
                Map.of(Operation.EMBEDDING, "/embeddings", Operation.RERANK, "/rerank"), RerankDialect.JINA);
    }

    @Override
    public Set<Operation> operations() {
        return paths.keySet();
    }

    @Override
    public Reply invoke(Upstream upstream, Invocation invocation) throws InterruptedException {
        String path = paths.get(invocation.operation());
        if (path == null) {
            throw new IllegalArgumentException("not an operation of this adapter: " + invocation.operation());
        }
        if (invocation.operation() == Operation.RERANK) {
            return rank(upstream, path, invocation);
        }
        UpstreamReply reply = send(upstream, path, invocation.body().withModel(invocation.asset()));
        if (reply.status() != 200) {
            return Reply.relaying(reply);
        }
        return invocation.operation() == Operation.EMBEDDING
                ? EmbeddingReply.of(reply, invocation, upstream.name())
                : MeteredReply.of(reply, invocation);
    }

    private Reply rank(Upstream upstream, String path, Invocation invocation) throws InterruptedException {
        RerankRequest request = RerankRequest.of(invocation.body());
        Body body = reranking.body(request, invocation.body(), invocation.asset());
        UpstreamReply reply = send(upstream, path, body);
        return reply.status() == 200
                ? new RerankReply(reply, said -> RerankAnswer.of(said, request, upstream.name(), invocation.asset()))
                : Reply.relaying(reply);
    }

    private static UpstreamReply send(Upstream upstream, String path, Body body) throws InterruptedException {
        return upstream.send(UpstreamRequest.post(path, body));
    }
}
