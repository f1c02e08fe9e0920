package dev.geniehive.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key as it is kept: its hash, never itself.
 *
 * @param id stable, for logs and the API
 * @param name the operator's word for it, unique
 * @param kind {@code admin} or {@code client}
 * @param hash SHA-256 of the key, in hexadecimal
 * @param scopes what it may be used for
 * @param createdAt when it was made
 * @param revokedAt since when it counts no more, if so
 */
public record StoredKey(
        String id,
        String name,
        String kind,
        String hash,
        Scopes scopes,
        Instant createdAt,
        Optional<Instant> revokedAt) {
    /**
     * What a key may be used for. An empty list means everything.
     *
     * @param models names, globs allowed
     * @param operations wire names
     * @param queues names
     */
    public record Scopes(List<String> models, List<String> operations, List<String> queues) {
        /** Everything. */
        public static final Scopes ALL = new Scopes(List.of(), List.of(), List.of());

        public Scopes {
            models = List.copyOf(models);
            operations = List.copyOf(operations);
            queues = List.copyOf(queues);
        }
    }
}
