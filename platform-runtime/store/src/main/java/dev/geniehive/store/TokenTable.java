package dev.geniehive.store;

import java.time.Instant;

/** Tokens that let a node in, each once and for a while. */
public final class TokenTable {
    private final Store store;

    TokenTable(Store store) {
        this.store = store;
    }

    /** Keeps the hash of a token, and forgets those that have expired. */
    public void add(String hash, Instant now, Instant expiresAt) {
        store.write(handle -> {
            handle.execute("DELETE FROM join_token WHERE expires_at <= ?", now.toEpochMilli());
            return handle.execute(
                    "INSERT INTO join_token (hash, created_at, expires_at) VALUES (?, ?, ?)",
                    hash,
                    now.toEpochMilli(),
                    expiresAt.toEpochMilli());
        });
    }

    /** {@return whether the token was good; from now on it is not} */
    public boolean use(String hash, String node, Instant now) {
        return store.write(handle -> handle.execute("""
                        UPDATE join_token SET used_at = ?, used_by = ?
                        WHERE hash = ? AND used_at IS NULL AND expires_at > ?""", now.toEpochMilli(), node, hash, now.toEpochMilli()) == 1);
    }
}
