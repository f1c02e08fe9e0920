package dev.geniehive.store;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** The roles that were made through the API. */
public final class RoleTable {
    private final Store store;

    RoleTable(Store store) {
        this.store = store;
    }

    /** {@return the definitions, JSON texts, by the names of their roles} */
    public SortedMap<String, String> all() {
        return store.read(handle -> {
            SortedMap<String, String> all = new TreeMap<>();
            handle.createQuery("SELECT name, definition FROM role")
                    .map((row, context) -> all.put(row.getString("name"), row.getString("definition")))
                    .list();
            return all;
        });
    }

    /** Keeps a role, in the place of the one that had its name. */
    public void put(String name, String definition, Instant now) {
        store.write(handle -> handle.execute("""
                INSERT INTO role (name, definition, updated_at) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, updated_at = excluded.updated_at""", name, definition, now.toEpochMilli()));
    }

    /** {@return whether there was a role of that name} */
    public boolean remove(String name) {
        return store.write(handle -> handle.execute("DELETE FROM role WHERE name = ?", name) == 1);
    }
}
