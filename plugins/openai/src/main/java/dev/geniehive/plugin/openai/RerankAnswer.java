package dev.geniehive.plugin.openai;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What engines answer to a request to rank, each in its own words, in one shape: the best first, no more than were
 * asked for.
 *
 * @param json the answer for the client
 * @param usage what the engine says it cost
 */
record RerankAnswer(Json json, Optional<Usage> usage) {
    /** One document and how well it fits. */
    private record Result(int index, double score, Json json) {}

    /**
     * {@return an engine's answer in our shape}
     *
     * @param name the engine's, for messages
     * @param model what to call the model if the engine does not
     * @throws dev.geniehive.api.model.UpstreamException if it is no ranking of these documents
     */
    static RerankAnswer of(byte[] said, RerankRequest request, String name, String model) {
        Json answer = parsed(said, name);
        List<Json> items = answer instanceof Json.Arr
                ? answer.items()
                : answer.get("results").items();
        List<Result> results = new ArrayList<>(items.size());
        for (Json item : items) {
            results.add(result(item, request, name));
        }
        if (results.isEmpty()) {
            throw Broken.nonsense(name, "a request to rank without results");
        }
        results.sort(Comparator.comparingDouble(Result::score).reversed());
        Json.Obj json = Json.object()
                .putIfPresent("id", answer.get("id").asString())
                .put("object", "list")
                .put("model", answer.get("model").asString().orElse(model))
                .put(
                        "results",
                        Json.array(results.stream()
                                .limit(request.most())
                                .map(Result::json)
                                .toList()));
        for (String extra : List.of("usage", "meta")) {
            json = answer.get(extra) instanceof Json.Obj object ? json.put(extra, object) : json;
        }
        return new RerankAnswer(json, usage(answer.get("usage")));
    }

    private static Json parsed(byte[] said, String name) {
        try {
            return Json.parse(said);
        } catch (JsonException e) {
            throw Broken.nonsense(name, "a request to rank with something that is not JSON");
        }
    }

    private static Result result(Json item, RerankRequest request, String name) {
        OptionalLong index = item.get("index").asLong();
        OptionalDouble score = item.get("relevance_score").asDouble();
        if (score.isEmpty()) {
            score = item.get("score").asDouble();
        }
        if (index.isEmpty()
                || score.isEmpty()
                || index.getAsLong() < 0
                || index.getAsLong() >= request.documents().size()) {
            throw Broken.nonsense(name, "a request to rank with a result that has no proper index or score");
        }
        int place = (int) index.getAsLong();
        Json.Obj json = Json.object().put("index", place).put("relevance_score", score.getAsDouble());
        boolean wanted = request.returnDocuments().orElse(has(item));
        return new Result(
                place,
                score.getAsDouble(),
                wanted
                        ? json.put(
                                "document",
                                Json.object().put("text", request.documents().get(place)))
                        : json);
    }

    private static boolean has(Json item) {
        return !item.get("document").equals(Json.nothing())
                || item.get("text").asString().isPresent();
    }

    private static Optional<Usage> usage(Json usage) {
        OptionalLong tokens = usage.get("prompt_tokens").asLong();
        if (tokens.isEmpty()) {
            tokens = usage.get("total_tokens").asLong();
        }
        return tokens.isPresent() && tokens.getAsLong() >= 0
                ? Optional.of(new Usage(tokens.getAsLong(), 0, false))
                : Optional.empty();
    }
}
