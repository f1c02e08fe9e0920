package dev.geniehive.store;

import java.time.Instant;
import java.util.Map;

/**
 * A node that has registered.
 *
 * @param id stable over its restarts
 * @param name what its operator calls it
 * @param keyHash SHA-256 of the key that it was given, in hexadecimal; another word for a node that needs none
 * @param about what it said about itself
 * @param draining whether it is to get no new requests
 * @param registeredAt when it came first
 * @param lastSeenAt when it was last heard of, as far as that was written
 */
public record StoredNode(
        String id,
        String name,
        String keyHash,
        About about,
        boolean draining,
        Instant registeredAt,
        Instant lastSeenAt) {
    /**
     * What a node says when it registers.
     *
     * @param nonce the random word by which it is known before it has a key
     * @param version of its agent
     * @param labels the operator's own words about it
     * @param platform what machine it is, as JSON
     */
    public record About(String nonce, String version, Map<String, String> labels, String platform) {
        public About {
            labels = Map.copyOf(labels);
        }
    }
}
