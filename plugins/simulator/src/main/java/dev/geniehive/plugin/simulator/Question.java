package dev.geniehive.plugin.simulator;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the simulator needs to know of a request.
 *
 * @param chat whether it is a chat rather than a completion
 * @param model the name to answer under
 * @param body the request
 */
record Question(boolean chat, String model, Json body) {
    private static final int CHARACTERS_PER_TOKEN = 4;

    static Question of(Operation operation, String model, Json body) {
        return new Question(operation == Operation.CHAT, model, body);
    }

    /** {@return the field that is needed and not there} */
    Optional<String> missing() {
        String field = chat ? "messages" : "prompt";
        boolean there = chat
                ? !body.get(field).items().isEmpty()
                : body.get(field).asString().isPresent() || body.get(field) instanceof Json.Arr;
        return there ? Optional.empty() : Optional.of(field);
    }

    boolean stream() {
        return body.get("stream").asBoolean().orElse(false);
    }

    boolean wantsUsageInStream() {
        return body.get("stream_options").get("include_usage").asBoolean().orElse(false);
    }

    /** {@return the most tokens that the answer may have} */
    OptionalLong maxTokens() {
        OptionalLong most = body.get("max_completion_tokens").asLong();
        return most.isPresent() ? most : body.get("max_tokens").asLong();
    }

    /** {@return the function that the client insists on being called} */
    Optional<String> requiredFunction() {
        Json choice = body.get("tool_choice");
        Optional<String> named = choice.get("function").get("name").asString();
        return named.isPresent() || !choice.equals(Json.of("required")) ? named : firstFunction();
    }

    private Optional<String> firstFunction() {
        return body.get("tools").items().stream()
                .flatMap(tool -> tool.get("function").get("name").asString().stream())
                .findFirst();
    }

    /** {@return what was asked, as one text} */
    String prompt() {
        return body.get(chat ? "messages" : "prompt").toString();
    }

    long promptTokens() {
        return Math.max(1, prompt().length() / CHARACTERS_PER_TOKEN);
    }
}
