package dev.geniehive.control.access;

import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.access.Principal;
import dev.geniehive.store.StoredToken;
import dev.geniehive.store.TokenTable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that let a node in: one use, a quarter of an hour. Who shows one is known as {@code join:HASH} and may register,
 * and nothing else. A used one is still known until it expires: its node may not have got the answer.
 */
public final class JoinTokens implements Keys {
    /** How long a token is good. */
    public static final Duration VALIDITY = Duration.ofMinutes(15);

    private static final String PRINCIPAL = "join:";
    private static final int TOKEN_BYTES = 32;

    private final TokenTable table;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, StoredToken> tokens = new ConcurrentHashMap<>();

    /**
     * A token that was just made.
     *
     * @param secret the token itself; it is nowhere else, and cannot be shown again
     * @param expiresAt until when it is good
     */
    public record Made(String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "until " + expiresAt;
        }
    }

    /** Reads the tokens that are still good. */
    public JoinTokens(TokenTable table, InstantSource clock, SecureRandom random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
        table.all(clock.instant()).forEach(token -> tokens.put(token.hash(), token));
    }

    /** Makes a token. It counts from the moment that this returns, also after a crash. */
    public Made create() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String secret = "gh-join-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        StoredToken token = new StoredToken(KeyHash.of(secret).hex(), now.plus(VALIDITY), Optional.empty());
        table.add(token.hash(), now, token.expiresAt());
        tokens.values().removeIf(known -> !known.expiresAt().isAfter(now));
        tokens.put(token.hash(), token);
        return new Made(secret, token.expiresAt());
    }

    @Override
    public Optional<Principal> find(KeyHash hash) {
        return token(hash.hex()).map(token -> new Principal(PRINCIPAL + token.hash(), Principal.Kind.JOINING));
    }

    /** {@return the hash of the token that a caller has shown, if it was one} */
    public static Optional<String> hashOf(String principal) {
        return principal.startsWith(PRINCIPAL)
                ? Optional.of(principal.substring(PRINCIPAL.length()))
                : Optional.empty();
    }

    /** {@return a token that has not expired} */
    public Optional<StoredToken> token(String hash) {
        return Optional.ofNullable(tokens.get(hash))
                .filter(token -> token.expiresAt().isAfter(clock.instant()));
    }

    /** A node has used a token, as the store knows already. */
    public void used(String hash, String node) {
        tokens.computeIfPresent(hash, (same, token) -> new StoredToken(same, token.expiresAt(), Optional.of(node)));
    }
}
