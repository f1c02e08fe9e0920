package dev.geniehive.api.host;

import dev.geniehive.api.model.Urgency;

/**
 * Who asks.
 *
 * @param principal whose key it is, for logs and rules; never the key
 * @param requestId the id of the request, also sent to the client as {@code x-request-id}
 * @param urgency whether somebody sits and waits for the answer, as the client says
 */
public record Caller(String principal, String requestId, Urgency urgency) {
    /** Somebody who sits and waits. */
    public Caller(String principal, String requestId) {
        this(principal, requestId, Urgency.INTERACTIVE);
    }
}
