package dev.geniehive.it.engine;

import java.util.List;

/** What engines say they have heard, each in its own words. */
final class Transcripts {
    private Transcripts() {}

    static String delta(Flavor flavor, String word) {
        return flavor == Flavor.VLLM
                ? "data: {\"id\":\"trsc-1\",\"object\":\"transcription.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":%s}}]}\n\n"
                        .formatted(word)
                : "event: transcript.text.delta\ndata: {\"type\":\"transcript.text.delta\",\"delta\":%s}\n\n"
                        .formatted(word);
    }

    static List<String> end(Flavor flavor, String text) {
        return List.of(
                flavor == Flavor.VLLM
                        ? "data: [DONE]\n\n"
                        : "event: transcript.text.done\ndata: {\"type\":\"transcript.text.done\",\"text\":%s,\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":5,\"total_tokens\":19}}\n\n"
                                .formatted(text));
    }

    static Answer whole(Flavor flavor, String format, String task, String text) {
        String quoted = FlatJson.quote(text);
        boolean own = flavor == Flavor.WHISPERCPP;
        return switch (format) {
            case "text" -> new Answer(200, own ? "text/html; charset=utf-8" : "text/plain", text + "\n");
            case "srt" ->
                new Answer(
                        200,
                        own ? "application/x-subrip" : "text/plain",
                        "1\n00:00:00,000 --> 00:00:02,500\n" + text + "\n\n");
            case "vtt" ->
                new Answer(
                        200,
                        own ? "text/vtt" : "text/plain",
                        "WEBVTT\n\n00:00:00.000 --> 00:00:02.500\n" + text + "\n\n");
            case "verbose_json" ->
                Answer.json(
                        "{\"task\":\"%s\",\"language\":\"english\",\"duration\":2.5,\"text\":%s,\"segments\":[{\"id\":0,\"start\":0.0,\"end\":2.5,\"text\":%s,\"tokens\":[1,2],\"temperature\":0.0,\"avg_logprob\":-0.1,\"no_speech_prob\":0.01,\"words\":[{\"word\":\"tok0\",\"start\":0.0,\"end\":1.25,\"probability\":0.9}]}]}"
                                .formatted(task, quoted, quoted));
            default ->
                Answer.json("{\"text\":%s%s}"
                        .formatted(
                                quoted,
                                flavor == Flavor.OPENAI ? ",\"usage\":{\"type\":\"duration\",\"seconds\":3}" : ""));
        };
    }
}
