package dev.geniehive.control.routing;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.kernel.body.Filling;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a request needs of whoever serves it, read from its body and from what its role fills in.
 *
 * <p>Nobody here has the model's tokenizer, so the prompt's tokens are estimated from the bytes of its texts, in two
 * ways. At {@value #MOST_BYTES} bytes a token hardly any text of any language needs fewer: who has not even room for
 * that is dropped. At {@value #USUAL_BYTES} bytes a token, as English has, it is likely how many they are: who has no
 * room for that comes after those who have. Pictures and sounds count nothing.
 *
 * @param abilities what it asks of the model
 * @param promptBytes bytes of its texts; 0 where they are not one prompt, as in completions and embeddings
 * @param answerTokens the most that the answer may take, as far as anybody says
 * @param minContext what was asked for besides, 0 for nothing
 */
public record Demand(Set<Ability> abilities, long promptBytes, long answerTokens, int minContext) {
    static final int MOST_BYTES = 8;
    static final int USUAL_BYTES = 4;

    public Demand {
        abilities = Set.copyOf(abilities);
    }

    /** {@return what a request needs} */
    public static Demand of(RouteRequest request, Need need, Filling filling) {
        BodyFacts facts = request.facts();
        boolean chat = request.operation() == Operation.CHAT;
        boolean text = chat || request.operation() == Operation.COMPLETION;
        return new Demand(
                chat ? abilities(facts, filling.members()) : Set.of(),
                chat ? facts.promptBytes() : 0,
                text ? answer(facts, filling.members()) : 0,
                need.minContext());
    }

    private static Set<Ability> abilities(BodyFacts facts, Json.Obj filled) {
        boolean tools = facts.tools() || !filled.get("tools").items().isEmpty();
        boolean structured = facts.structured() || structures(filled.get("response_format"));
        if (!tools && !structured && !facts.images() && !facts.audio()) {
            return Set.of();
        }
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        add(abilities, Ability.TOOLS, tools);
        add(abilities, Ability.IMAGES, facts.images());
        add(abilities, Ability.AUDIO, facts.audio());
        add(abilities, Ability.STRUCTURED_OUTPUT, structured);
        return abilities;
    }

    private static void add(Set<Ability> abilities, Ability ability, boolean wanted) {
        if (wanted) {
            abilities.add(ability);
        }
    }

    private static boolean structures(Json format) {
        String type = format.get("type").asString().orElse("");
        return type.equals("json_object") || type.equals("json_schema");
    }

    private static long answer(BodyFacts facts, Json.Obj filled) {
        if (filled.members().isEmpty()) {
            return facts.maxTokens().orElse(0);
        }
        OptionalLong filledIn = filled.get("max_completion_tokens").asLong();
        return facts.maxTokens()
                .orElse(filledIn.orElse(filled.get("max_tokens").asLong().orElse(0)));
    }

    /** {@return tokens of context without which it cannot be served} */
    public long leastTokens() {
        return tokens(MOST_BYTES);
    }

    /** {@return tokens of context that it is likely to take} */
    public long likelyTokens() {
        return tokens(USUAL_BYTES);
    }

    private long tokens(int bytesPerToken) {
        long answer = Math.min(answerTokens, Integer.MAX_VALUE);
        return Math.max(minContext, promptBytes / bytesPerToken + answer);
    }

    /** {@return where the number of tokens comes from, for a message} */
    String origin() {
        if (minContext >= promptBytes / MOST_BYTES + answerTokens) {
            return "as asked for";
        }
        return "%d for the prompt, estimated from its %d bytes, and %d for the answer"
                .formatted(promptBytes / MOST_BYTES, promptBytes, answerTokens);
    }
}
