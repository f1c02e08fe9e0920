package dev.geniehive.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tokens that let a node in, each once and for a while. {@link NodeTable#join} uses them. */
public final class TokenTable {
    private final Store store;

    TokenTable(Store store) {
        this.store = store;
    }

    /** {@return the tokens that have not expired, used ones too} */
    public List<StoredToken> all(Instant now) {
        return store.read(handle -> handle.createQuery(
                        "SELECT hash, expires_at, used_by FROM join_token WHERE expires_at > ? ORDER BY hash")
                .bind(0, now.toEpochMilli())
                .map((row, context) -> new StoredToken(
                        row.getString("hash"),
                        Instant.ofEpochMilli(row.getLong("expires_at")),
                        Optional.ofNullable(row.getString("used_by"))))
                .list());
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
    static boolean use(Handle handle, String hash, String node, Instant now) {
        return handle.execute("""
                        UPDATE join_token SET used_at = ?, used_by = ?
                        WHERE hash = ? AND used_at IS NULL AND expires_at > ?""", now.toEpochMilli(), node, hash, now.toEpochMilli()) == 1;
    }

    /** {@return the node that used a token which has not expired} */
    static Optional<String> usedBy(Handle handle, String hash, Instant now) {
        return handle.createQuery(
                        "SELECT used_by FROM join_token WHERE hash = ? AND used_by IS NOT NULL AND expires_at > ?")
                .bind(0, hash)
                .bind(1, now.toEpochMilli())
                .mapTo(String.class)
                .findOne();
    }
}
