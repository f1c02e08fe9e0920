package dev.geniehive.plugin.whisper;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.Reply;
import java.util.Set;

/**
 * Speaks whisper.cpp's own form: one path for both operations, no model, and a language that is English unless something
 * else is said.
 */
final class WhisperCppAdapter implements ProviderAdapter {
    private static final String INFERENCE = "/inference";

    /** What it does not know, or what is said to it in another way. */
    private static final Set<String> TRANSLATED = Set.of(
            "model",
            "stream",
            "response_format",
            "language",
            "translate",
            "detect_language",
            "timestamp_granularities",
            "timestamp_granularities[]",
            "include",
            "include[]",
            "chunking_strategy");

    @Override
    public Set<Operation> operations() {
        return WhisperAdapter.PATHS.keySet();
    }

    @Override
    public Reply invoke(Upstream upstream, Invocation invocation) throws InterruptedException {
        Wanted wanted = Wanted.of(invocation.body());
        if (wanted.format().equals("diarized_json")) {
            return Reply.refusal(400, "whisper.cpp cannot tell speakers apart as 'diarized_json' has it.");
        }
        Body form = translated(invocation, wanted);
        UpstreamReply reply = upstream.send(UpstreamRequest.post(INFERENCE, form));
        if (reply.status() == 404) {
            reply.close();
            reply = upstream.send(UpstreamRequest.post(movedTo(invocation.operation()), form));
        }
        return WhisperCppReply.of(reply, wanted);
    }

    /** Its path can be changed; whoever does so makes it OpenAI's. */
    private static String movedTo(Operation operation) {
        String path = WhisperAdapter.PATHS.get(operation);
        if (path == null) {
            throw new IllegalArgumentException("not an operation of this adapter: " + operation);
        }
        return path;
    }

    private static Body translated(Invocation invocation, Wanted wanted) {
        NewForm form = new NewForm();
        String language = "auto";
        for (FormPart part : invocation.body().parts()) {
            boolean names = part.fileName().isEmpty() && part.length() > 0 && part.length() <= Wanted.LONGEST;
            if (part.name().equals("language") && names) {
                language = part.text();
            }
            if (!TRANSLATED.contains(part.name())) {
                form.part(part);
            }
        }
        return form.field("language", language)
                .field("translate", Boolean.toString(invocation.operation() == Operation.TRANSLATION))
                .field("response_format", wanted.stream() ? "json" : wanted.format())
                .end();
    }
}
