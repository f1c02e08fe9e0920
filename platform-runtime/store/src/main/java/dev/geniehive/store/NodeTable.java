package dev.geniehive.store;

import dev.geniehive.api.model.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Nodes that have registered. */
public final class NodeTable {
    private final Store store;

    NodeTable(Store store) {
        this.store = store;
    }

    /** {@return all nodes that were not removed, by id} */
    public List<StoredNode> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM node WHERE removed_at IS NULL ORDER BY id")
                .map(NodeTable::row)
                .list());
    }

    /**
     * Keeps a node, or what has changed about it. One that comes back keeps the time of its first registration, and
     * goes on draining.
     */
    public void put(StoredNode node) {
        store.write(handle -> put(handle, node));
    }

    /**
     * Uses a token and keeps the node that brought it, both or neither. Who brings a used token again while it is valid
     * and is the very node that used it, by nonce and name, did not get the answer: its key is replaced.
     *
     * @param node with the id that it is to have if it joins for the first time
     * @return the id under which it is kept; empty if the token is not good for it
     */
    public Optional<String> join(String tokenHash, StoredNode node, Instant now) {
        return store.write(handle -> {
            if (TokenTable.use(handle, tokenHash, node.id(), now)) {
                put(handle, node);
                return Optional.of(node.id());
            }
            Optional<String> before = TokenTable.usedBy(handle, tokenHash, now).filter(id -> isSame(handle, id, node));
            before.ifPresent(id -> put(
                    handle,
                    new StoredNode(
                            id,
                            node.name(),
                            node.keyHash(),
                            node.about(),
                            node.draining(),
                            node.registeredAt(),
                            node.lastSeenAt())));
            return before;
        });
    }

    /** {@return whether there was such a node} */
    public boolean drain(String id, boolean draining) {
        return store.write(handle ->
                handle.execute("UPDATE node SET draining = ? WHERE id = ? AND removed_at IS NULL", draining ? 1 : 0, id)
                        == 1);
    }

    /** Takes note of when nodes were heard of last. */
    public void seen(Map<String, Instant> lastSeen) {
        store.write(handle -> {
            lastSeen.forEach(
                    (id, at) -> handle.execute("UPDATE node SET last_seen_at = ? WHERE id = ?", at.toEpochMilli(), id));
            return true;
        });
    }

    /** Forgets a node and all that it reported; its key counts no more. {@return whether there was such a node} */
    public boolean remove(String id, Instant now) {
        return store.write(handle -> {
            handle.execute("DELETE FROM node_report WHERE node = ?", id);
            return handle.execute(
                            "UPDATE node SET removed_at = ?, nonce = '' WHERE id = ? AND removed_at IS NULL",
                            now.toEpochMilli(),
                            id)
                    == 1;
        });
    }

    private static int put(Handle handle, StoredNode node) {
        return handle.execute(
                """
                INSERT INTO node (id, name, key_hash, registered_at, nonce, version, labels, platform, draining, last_seen_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key_hash = excluded.key_hash, nonce = excluded.nonce,
                  version = excluded.version, labels = excluded.labels, platform = excluded.platform,
                  last_seen_at = excluded.last_seen_at,
                  draining = CASE WHEN removed_at IS NULL THEN draining ELSE excluded.draining END,
                  registered_at = CASE WHEN removed_at IS NULL THEN registered_at ELSE excluded.registered_at END,
                  removed_at = NULL""",
                node.id(),
                node.name(),
                node.keyHash(),
                node.registeredAt().toEpochMilli(),
                node.about().nonce(),
                node.about().version(),
                labels(node.about().labels()),
                node.about().platform(),
                node.draining() ? 1 : 0,
                node.lastSeenAt().toEpochMilli());
    }

    private static boolean isSame(Handle handle, String id, StoredNode node) {
        return !node.about().nonce().isEmpty()
                && handle.createQuery(
                                        "SELECT count(*) FROM node WHERE id = ? AND nonce = ? AND name = ? AND removed_at IS NULL")
                                .bind(0, id)
                                .bind(1, node.about().nonce())
                                .bind(2, node.name())
                                .mapTo(Integer.class)
                                .one()
                        == 1;
    }

    private static StoredNode row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredNode(
                row.getString("id"),
                row.getString("name"),
                row.getString("key_hash"),
                new StoredNode.About(
                        row.getString("nonce"),
                        row.getString("version"),
                        labels(row.getString("labels")),
                        row.getString("platform")),
                row.getInt("draining") != 0,
                Instant.ofEpochMilli(row.getLong("registered_at")),
                Instant.ofEpochMilli(row.getLong("last_seen_at")));
    }

    private static String labels(Map<String, String> labels) {
        Json.Obj json = Json.object();
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            json = json.put(label.getKey(), label.getValue());
        }
        return json.toString();
    }

    private static Map<String, String> labels(String json) {
        Map<String, String> labels = new HashMap<>();
        if (Json.parse(json) instanceof Json.Obj object) {
            object.members().forEach((name, value) -> value.asString().ifPresent(text -> labels.put(name, text)));
        }
        return labels;
    }
}
