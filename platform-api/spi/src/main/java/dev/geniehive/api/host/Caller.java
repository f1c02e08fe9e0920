package dev.geniehive.api.host;

/**
 * Who asks.
 *
 * @param principal whose key it is, for logs and rules; never the key
 * @param requestId the id of the request, also sent to the client as {@code x-request-id}
 */
public record Caller(String principal, String requestId) {}
