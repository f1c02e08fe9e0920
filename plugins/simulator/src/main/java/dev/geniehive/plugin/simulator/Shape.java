package dev.geniehive.plugin.simulator;

import dev.geniehive.api.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Puts a story into OpenAI's shapes: events or one document, of a chat or of a completion. */
final class Shape {
    private final Question question;
    private final Story story;
    private final long created;
    private final String id;

    Shape(Question question, Story story, long created) {
        this.question = question;
        this.story = story;
        this.created = created;
        this.id = (question.chat() ? "chatcmpl-" : "cmpl-") + UUID.randomUUID();
    }

    List<Piece> events() {
        List<Piece> events = new ArrayList<>();
        int tokens = 0;
        if (question.chat()) {
            events.add(event(delta(opening(), Json.nothing()), 0));
        }
        for (String word : story.words()) {
            events.add(
                    event(question.chat() ? delta(next(word), Json.nothing()) : text(word, Json.nothing()), tokens++));
        }
        Json reason = Json.of(reason());
        events.add(event(question.chat() ? delta(Json.object(), reason) : text("", reason), tokens));
        if (question.wantsUsageInStream()) {
            events.add(event(head(true).put("choices", Json.array(List.of())).put("usage", usage()), tokens));
        }
        events.add(new Piece("data: [DONE]\n\n", tokens));
        return events;
    }

    List<Piece> document() {
        Json.Obj choice = Json.object().put("index", 0);
        choice = question.chat() ? choice.put("message", message()) : choice.put("text", story.text());
        choice = choice.put("logprobs", Json.nothing()).put("finish_reason", reason());
        Json whole = head(false).put("choices", Json.array(List.of(choice))).put("usage", usage());
        return List.of(new Piece(whole.toString(), story.words().size()));
    }

    private Json.Obj head(boolean chunk) {
        String object = question.chat() ? "chat.completion" + (chunk ? ".chunk" : "") : "text_completion";
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", question.model())
                .put("system_fingerprint", "simulated");
    }

    private Json.Obj message() {
        Json.Obj message = Json.object().put("role", "assistant");
        return story.function().isEmpty()
                ? message.put("content", story.text()).put("refusal", Json.nothing())
                : message.put("content", Json.nothing())
                        .put("refusal", Json.nothing())
                        .put("tool_calls", Json.array(List.of(call(story.text()))));
    }

    private Json.Obj opening() {
        Json.Obj opening = Json.object().put("role", "assistant");
        return story.function().isEmpty()
                ? opening.put("content", "")
                : opening.put("content", Json.nothing())
                        .put("tool_calls", Json.array(List.of(call("").put("index", 0))));
    }

    private Json.Obj next(String word) {
        if (story.function().isEmpty()) {
            return Json.object().put("content", word);
        }
        Json.Obj more =
                Json.object().put("index", 0).put("function", Json.object().put("arguments", word));
        return Json.object().put("tool_calls", Json.array(List.of(more)));
    }

    private Json.Obj call(String arguments) {
        return Json.object()
                .put("id", "call_" + id.substring(id.length() - 12))
                .put("type", "function")
                .put(
                        "function",
                        Json.object().put("name", story.function().orElse("")).put("arguments", arguments));
    }

    private Json.Obj delta(Json.Obj delta, Json reason) {
        return chunk(Json.object()
                .put("index", 0)
                .put("delta", delta)
                .put("logprobs", Json.nothing())
                .put("finish_reason", reason));
    }

    private Json.Obj text(String text, Json reason) {
        return chunk(Json.object()
                .put("index", 0)
                .put("text", text)
                .put("logprobs", Json.nothing())
                .put("finish_reason", reason));
    }

    private Json.Obj chunk(Json.Obj choice) {
        Json.Obj chunk = head(true).put("choices", Json.array(List.of(choice)));
        return question.wantsUsageInStream() ? chunk.put("usage", Json.nothing()) : chunk;
    }

    private String reason() {
        if (story.function().isPresent()) {
            return "tool_calls";
        }
        return story.cut() ? "length" : "stop";
    }

    private Json.Obj usage() {
        long written = story.words().size();
        return Json.object()
                .put("prompt_tokens", question.promptTokens())
                .put("completion_tokens", written)
                .put("total_tokens", question.promptTokens() + written);
    }

    private static Piece event(Json.Obj chunk, int tokens) {
        return new Piece("data: " + chunk + "\n\n", tokens);
    }
}
