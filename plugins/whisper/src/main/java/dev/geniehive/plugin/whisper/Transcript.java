package dev.geniehive.plugin.whisper;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transcripts in the shapes that clients want. */
final class Transcript {
    static final String DONE = "data: [DONE]\n\n";

    private Transcript() {}

    /** {@return a whole answer as events: all of the text, and that it is all} */
    static Reshaped.Made events(byte[] whole, boolean json) {
        Json answer = json ? parsed(whole) : Json.object();
        String text = json
                ? answer.get("text").asString().orElseThrow(() -> nonsense("a transcript without a text"))
                : new String(whole, StandardCharsets.UTF_8).strip();
        return new Reshaped.Made(delta(text) + done(text, answer.get("usage")) + DONE, Heard.usage(answer));
    }

    static String delta(String text) {
        return event(Json.object().put("type", "transcript.text.delta").put("delta", text));
    }

    static String done(String text, Json usage) {
        Json.Obj done = Json.object().put("type", "transcript.text.done").put("text", text);
        return event(usage instanceof Json.Obj ? done.put("usage", usage) : done);
    }

    /** {@return that the engine failed in the middle of its work, as others say it} */
    static String failure(Json said) {
        String detail =
                said.get("detail").asString().orElseGet(() -> said.get("detail").toString());
        return event(Json.object().put("error", Json.object().put("message", detail)));
    }

    private static String event(Json json) {
        return "data: %s\n\n".formatted(json);
    }

    /** {@return whisper.cpp's detailed transcript with the words where OpenAI has them: beside the segments} */
    static Reshaped.Made withWords(byte[] whole) {
        Json answer = parsed(whole);
        List<Json> words = new ArrayList<>();
        for (Json segment : answer.get("segments").items()) {
            for (Json word : segment.get("words").items()) {
                words.add(Json.object()
                        .put("word", word.get("word"))
                        .put("start", word.get("start"))
                        .put("end", word.get("end")));
            }
        }
        Optional<Json.Obj> object =
                Optional.of(answer).filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
        Json.Obj all = object.orElseThrow(() -> nonsense("a transcript that is no object"));
        return new Reshaped.Made(all.put("words", Json.array(words)).toString(), Heard.usage(answer));
    }

    /** {@return the same text, and what it cost where it is a detailed transcript} */
    static Reshaped.Made asItIs(byte[] whole) {
        return new Reshaped.Made(new String(whole, StandardCharsets.UTF_8), Heard.usage(parsed(whole)));
    }

    static Json parsed(byte[] whole) {
        try {
            return Json.parse(whole);
        } catch (JsonException e) {
            throw nonsense("something that is not JSON");
        }
    }

    private static UpstreamException nonsense(String what) {
        return new UpstreamException(Failure.MALFORMED, true, "The engine answered %s.".formatted(what));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
