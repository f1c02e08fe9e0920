package dev.geniehive.store;

import dev.geniehive.api.model.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The keys of clients and further operators. */
public final class KeyTable {
    private final Store store;

    KeyTable(Store store) {
        this.store = store;
    }

    /** {@return all keys, revoked ones too, in the order in which they were made} */
    public List<StoredKey> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM access_key ORDER BY created_at, id")
                .map(KeyTable::row)
                .list());
    }

    /** {@return whether it was added; false if another key has its name} */
    public boolean add(StoredKey key) {
        return store.write(handle -> handle.execute(
                        """
                        INSERT INTO access_key (id, name, kind, hash, models, operations, queues, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING""",
                        key.id(),
                        key.name(),
                        key.kind(),
                        key.hash(),
                        Json.strings(key.scopes().models()).toString(),
                        Json.strings(key.scopes().operations()).toString(),
                        Json.strings(key.scopes().queues()).toString(),
                        key.createdAt().toEpochMilli())
                == 1);
    }

    /** {@return whether there was a key of that id that still counted} */
    public boolean revoke(String id, Instant now) {
        return store.write(handle -> handle.execute(
                        "UPDATE access_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                        now.toEpochMilli(),
                        id)
                == 1);
    }

    private static StoredKey row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("hash"),
                new StoredKey.Scopes(
                        strings(row.getString("models")),
                        strings(row.getString("operations")),
                        strings(row.getString("queues"))),
                Instant.ofEpochMilli(row.getLong("created_at")),
                revokedAt(row));
    }

    private static Optional<Instant> revokedAt(ResultSet row) throws SQLException {
        long millis = row.getLong("revoked_at");
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static List<String> strings(String json) {
        return Json.parse(json).items().stream()
                .flatMap(item -> item.asString().stream())
                .toList();
    }
}
