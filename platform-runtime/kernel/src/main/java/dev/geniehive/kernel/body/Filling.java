package dev.geniehive.kernel.body;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.Json;

/**
 * What is filled into a request where its client said nothing. Everything that the client said stays as it was sent,
 * byte for byte.
 *
 * @param members go to the front of the body, each one that the body has not; {@code max_tokens} and
 *     {@code max_completion_tokens} count as the same
 * @param systemPrompt goes to the front of {@code messages} if no message there is of {@code system} or
 *     {@code developer}; empty for none
 */
public record Filling(Json.Obj members, String systemPrompt) {
    /** Nothing is filled in. */
    public static final Filling NOTHING = new Filling(Json.object(), "");

    /** {@return whether no body is changed} */
    public boolean isNothing() {
        return members.members().isEmpty() && systemPrompt.isEmpty();
    }

    /**
     * {@return the body with what it lacks} A body that is no JSON object is returned as it is. The new one owns nothing
     * and ends with its origin.
     */
    public Body into(Body body) {
        boolean json = body.contentType().startsWith("application/json");
        return isNothing() || !json ? body : FilledBody.of(body, this);
    }
}
