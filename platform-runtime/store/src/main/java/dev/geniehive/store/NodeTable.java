package dev.geniehive.store;

import java.time.Instant;
import java.util.List;

/** Nodes that have registered. */
public final class NodeTable {
    private final Store store;

    NodeTable(Store store) {
        this.store = store;
    }

    /** {@return all nodes that were not removed, by id} */
    public List<StoredNode> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM node WHERE removed_at IS NULL ORDER BY id")
                .map((row, context) -> new StoredNode(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("key_hash"),
                        Instant.ofEpochMilli(row.getLong("registered_at"))))
                .list());
    }

    /** Keeps a node, or what has changed about it. One that comes back keeps the time of its first registration. */
    public void put(StoredNode node) {
        store.write(handle -> handle.execute(
                """
                INSERT INTO node (id, name, key_hash, registered_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key_hash = excluded.key_hash, removed_at = NULL""", node.id(), node.name(), node.keyHash(), node.registeredAt().toEpochMilli()));
    }

    /** {@return whether there was such a node} */
    public boolean remove(String id, Instant now) {
        return store.write(handle -> handle.execute(
                        "UPDATE node SET removed_at = ? WHERE id = ? AND removed_at IS NULL", now.toEpochMilli(), id)
                == 1);
    }
}
