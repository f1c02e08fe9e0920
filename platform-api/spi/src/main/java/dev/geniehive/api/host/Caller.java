package dev.geniehive.api.host;

import dev.geniehive.api.model.Urgency;

/**
 * Who asks.
 *
 * @param principal whose key it is, for logs and rules; never the key
 * @param requestId the id of the request, also sent to the client as {@code x-request-id}
 * @param session what the client calls the conversation that the request belongs to ({@code X-Session-ID}), at most 256
 *     characters; empty if it does not say. Means something together with the principal only
 * @param urgency whether somebody sits and waits for the answer, as the client says
 */
public record Caller(String principal, String requestId, String session, Urgency urgency) {
    private static final int LONGEST_SESSION = 256;

    public Caller {
        if (session.length() > LONGEST_SESSION) {
            session = session.substring(0, LONGEST_SESSION);
        }
    }

    /** Somebody who names no conversation, and sits and waits. */
    public Caller(String principal, String requestId) {
        this(principal, requestId, "", Urgency.INTERACTIVE);
    }
}
