package dev.geniehive.it.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an answer to an inference request consists of: the words of one operation in one engine's dialect. */
final class Script {
    private static final String DONE = "data: [DONE]\n\n";

    private final Flavor flavor;
    private final String path;
    private final Map<String, String> form;
    private final Map<String, String> wish;
    private final Vectors vectors;
    private final String model;
    private final int tokens;

    Script(Flavor flavor, Knobs knobs, HttpRequest request) {
        this.flavor = flavor;
        this.path = request.path();
        this.form = Form.of(request);
        this.wish = form.isEmpty() ? FlatJson.members(request.text()) : form;
        this.vectors = new Vectors(knobs, request);
        this.model = flavor.isIndifferent()
                ? knobs.names("models").getFirst()
                : wish.getOrDefault("model", knobs.names("models").getFirst());
        this.tokens = Math.min(
                knobs.number("tokens"),
                Integer.parseInt(wish.getOrDefault("max_tokens", Integer.toString(Integer.MAX_VALUE))));
    }

    /** {@return whether such a request would have an answer made by some engine's model} */
    static boolean infers(String method, String target) {
        return method.equals("POST")
                && switch (target) {
                    case "/v1/chat/completions",
                            "/v1/completions",
                            "/v1/embeddings",
                            "/embeddings",
                            "/v1/rerank",
                            "/rerank",
                            "/v1/audio/transcriptions",
                            "/v1/audio/translations",
                            "/inference",
                            "/api/chat",
                            "/api/generate" -> true;
                    default -> false;
                };
    }

    static boolean knows(Flavor flavor, HttpRequest request) {
        return request.method().equals("POST")
                && switch (request.path()) {
                    case "/v1/chat/completions", "/v1/completions" -> flavor.talks();
                    case "/v1/embeddings" -> flavor.embeds() && flavor != Flavor.INFINITY;
                    case "/embeddings" -> flavor == Flavor.INFINITY;
                    case "/v1/rerank" -> flavor.ranks() && flavor.talks();
                    case "/rerank" -> flavor == Flavor.TEI || flavor == Flavor.INFINITY;
                    case "/v1/audio/transcriptions", "/v1/audio/translations" -> flavor.hears();
                    case "/inference" -> flavor == Flavor.WHISPERCPP;
                    case "/api/chat", "/api/generate" -> flavor == Flavor.OLLAMA;
                    default -> false;
                };
    }

    boolean streams() {
        return wish.getOrDefault("stream", isNative() ? "true" : "false").equals("true")
                && !isEmbedding()
                && !isRanking()
                && flavor != Flavor.WHISPERCPP;
    }

    int tokens() {
        return tokens;
    }

    String contentType() {
        return isNative() ? "application/x-ndjson" : "text/event-stream";
    }

    /** {@return the model that the client asked for} */
    String wantedModel() {
        return wish.getOrDefault("model", "");
    }

    List<String> prologue() {
        String content = flavor == Flavor.LLAMACPP ? "null" : "\"\"";
        return isChat()
                ? List.of(event("{\"role\":\"assistant\",\"content\":%s}".formatted(content), "null", ""))
                : List.of();
    }

    String token(int i) {
        String word = FlatJson.quote(word(i));
        if (isHearing()) {
            return Transcripts.delta(flavor, word);
        }
        if (isNative()) {
            return nativeLine(word, "\"done\":false");
        }
        return event(isChat() ? "{\"content\":%s}".formatted(word) : word, "null", "");
    }

    List<String> epilogue(boolean done) {
        if (isHearing()) {
            return done ? Transcripts.end(flavor, FlatJson.quote(text())) : List.of();
        }
        if (isNative()) {
            return List.of(nativeLine(
                    "\"\"", "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,\"eval_count\":" + tokens));
        }
        List<String> events = new ArrayList<>();
        String timings = flavor == Flavor.LLAMACPP ? ",\"timings\":{\"predicted_n\":%d}".formatted(tokens) : "";
        events.add(event(isChat() ? "{}" : "\"\"", "\"stop\"", timings));
        if (wish.getOrDefault("include_usage", "false").equals("true")) {
            events.add(
                    "data: {\"id\":\"%s\",\"object\":\"%s\",\"created\":1700000000,\"model\":%s,\"choices\":[],%s}\n\n"
                            .formatted(id(), object(true), FlatJson.quote(model), usage()));
        }
        if (done) {
            events.add(DONE);
        }
        return events;
    }

    List<String> failure() {
        if (isNative()) {
            return List.of("{\"error\":\"something broke\"}\n");
        }
        String error = "data: "
                + Answer.error(flavor, 500, "something broke", "server_error").body() + "\n\n";
        return flavor == Flavor.LLAMACPP ? List.of(error) : List.of(error, DONE);
    }

    List<String> bareDone() {
        return List.of(DONE);
    }

    Answer whole() {
        if (isEmbedding()) {
            return vectors.embeddings(model);
        }
        if (isRanking()) {
            return vectors.ranking(flavor, model);
        }
        String text = FlatJson.quote(text());
        if (isHearing()) {
            String task = wish.getOrDefault("translate", "false").equals("true") || path.endsWith("translations")
                    ? "translate"
                    : "transcribe";
            return Transcripts.whole(flavor, wish.getOrDefault("response_format", "json"), task, text());
        }
        if (isNative()) {
            return Answer.json(nativeLine(
                    text, "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,\"eval_count\":" + tokens));
        }
        String said =
                isChat() ? "\"message\":{\"role\":\"assistant\",\"content\":%s}".formatted(text) : "\"text\":" + text;
        return Answer.json(
                "{\"id\":\"%s\",\"object\":\"%s\",\"created\":1700000000,\"model\":%s,\"choices\":[{\"index\":0,%s,\"logprobs\":null,\"finish_reason\":\"stop\"}],%s}"
                        .formatted(id(), object(false), FlatJson.quote(model), said, usage()));
    }

    private String event(String said, String finish, String extra) {
        String what = isChat() ? "delta" : "text";
        return "data: {\"id\":\"%s\",\"object\":\"%s\",\"created\":1700000000,\"model\":%s,\"choices\":[{\"index\":0,\"%s\":%s,\"finish_reason\":%s}]%s}\n\n"
                .formatted(id(), object(true), FlatJson.quote(model), what, said, finish, extra);
    }

    private String nativeLine(String word, String rest) {
        String said = path.equals("/api/chat")
                ? "\"message\":{\"role\":\"assistant\",\"content\":%s}".formatted(word)
                : "\"response\":" + word;
        return "{\"model\":%s,\"created_at\":\"2026-01-01T00:00:00Z\",%s,%s}\n"
                .formatted(FlatJson.quote(model), said, rest);
    }

    private String usage() {
        return "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(tokens, tokens + 7);
    }

    private String object(boolean chunk) {
        return isChat() ? chunk ? "chat.completion.chunk" : "chat.completion" : "text_completion";
    }

    private String id() {
        return isChat() ? "chatcmpl-fake" : "cmpl-fake";
    }

    private boolean isChat() {
        return path.equals("/v1/chat/completions");
    }

    private String text() {
        return IntStream.range(0, tokens).mapToObj(Script::word).collect(Collectors.joining());
    }

    private boolean isHearing() {
        return path.startsWith("/v1/audio/") || path.equals("/inference");
    }

    private boolean isRanking() {
        return path.endsWith("/rerank");
    }

    private boolean isEmbedding() {
        return path.endsWith("/embeddings");
    }

    private boolean isNative() {
        return path.startsWith("/api/");
    }

    private static String word(int i) {
        return "tok" + i + " ";
    }
}
