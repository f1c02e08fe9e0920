package dev.geniehive.plugin.openai;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A model's entry in {@code /v1/models}: OpenAI's four fields, then what tools already read elsewhere, then ours. What
 * is not known is not there.
 */
final class ModelJson {
    private ModelJson() {}

    static Json.Obj of(ModelCard card) {
        Operation operation = principal(card);
        return Json.object()
                .put("id", card.id())
                .put("object", "model")
                .put("created", card.created().getEpochSecond())
                .put("owned_by", "geniehive")
                .put("name", card.id())
                .putIfPresent("description", Optional.of(card.description()).filter(text -> !text.isEmpty()))
                .putIfPresent("context_length", wide(card.contextLength()))
                .putIfPresent("max_model_len", wide(card.contextLength()))
                .put("architecture", architecture(card, operation))
                .put("supported_parameters", Json.strings(parameters(card, operation)))
                .put("geniehive", ours(card, operation));
    }

    /** {@return the first of a card's operations in the order of the list of all} */
    private static Operation principal(ModelCard card) {
        return EnumSet.copyOf(card.operations()).iterator().next();
    }

    private static Json.Obj ours(ModelCard card, Operation operation) {
        Json.Obj json = Json.object()
                .put("kind", card.kind())
                .put("operation", operation.wireName())
                .put("health", card.health().wireName())
                .put("loaded", card.loaded())
                .put("loadable", card.loadable())
                .put("replicas", card.replicas())
                .put("hosts", Json.strings(card.hosts()))
                .putIfPresent("engine", card.engine())
                .putIfPresent("quantization", card.quantization())
                .putIfPresent("size_bytes", card.sizeBytes())
                .putIfPresent("parameters", card.parameters())
                .put("cost", card.cost())
                .putIfPresent("queue_depth", wide(card.queueDepth()))
                .putIfPresent("free_slots", wide(card.freeSlots()))
                .put("simulated", card.simulated());
        Json.Obj told = card.performance()
                .map(seen -> json.put("performance", PerformanceJson.of(seen)))
                .orElse(json);
        return card.kind().equals("role") ? told.put("resolves_to", Json.strings(card.resolvesTo())) : told;
    }

    private static Json.Obj architecture(ModelCard card, Operation operation) {
        return Json.object()
                .put("input_modalities", Json.strings(inputs(card, operation)))
                .put("output_modalities", Json.strings(List.of(output(operation))));
    }

    private static List<String> inputs(ModelCard card, Operation operation) {
        if (operation == Operation.TRANSCRIPTION || operation == Operation.TRANSLATION) {
            return List.of("audio");
        }
        List<String> inputs = new ArrayList<>(List.of("text"));
        if (card.abilities().contains(Ability.IMAGES)) {
            inputs.add("image");
        }
        if (card.abilities().contains(Ability.AUDIO)) {
            inputs.add("audio");
        }
        return inputs;
    }

    private static String output(Operation operation) {
        return switch (operation) {
            case CHAT, COMPLETION, TRANSCRIPTION, TRANSLATION -> "text";
            case EMBEDDING -> "embeddings";
            case RERANK -> "rerank";
        };
    }

    private static List<String> parameters(ModelCard card, Operation operation) {
        return switch (operation) {
            case CHAT, COMPLETION -> textParameters(card);
            case EMBEDDING -> List.of("encoding_format");
            case TRANSCRIPTION, TRANSLATION -> List.of("prompt", "response_format", "temperature");
            case RERANK -> List.of("top_n");
        };
    }

    private static List<String> textParameters(ModelCard card) {
        List<String> names = new ArrayList<>(
                List.of("max_tokens", "temperature", "top_p", "stop", "seed", "frequency_penalty", "presence_penalty"));
        if (card.abilities().contains(Ability.TOOLS)) {
            names.addAll(List.of("tools", "tool_choice"));
        }
        if (card.abilities().contains(Ability.STRUCTURED_OUTPUT)) {
            names.addAll(List.of("response_format", "structured_outputs"));
        }
        if (card.abilities().contains(Ability.REASONING)) {
            names.add("reasoning");
        }
        return names;
    }

    private static OptionalLong wide(OptionalInt number) {
        return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
    }
}
