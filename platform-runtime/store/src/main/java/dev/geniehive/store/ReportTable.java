package dev.geniehive.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What nodes reported last. */
public final class ReportTable {
    private final Store store;

    ReportTable(Store store) {
        this.store = store;
    }

    /** {@return the services of each node, as JSON} */
    public Map<String, String> all() {
        return store.read(handle -> {
            Map<String, String> reports = new HashMap<>();
            handle.createQuery("SELECT node, services FROM node_report")
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(row -> reports.put(row.getKey(), row.getValue()));
            return reports;
        });
    }

    /** Keeps the services of some nodes, as JSON, all or none. A node that is not known any more is passed over. */
    public void put(Map<String, String> services, Instant now) {
        store.write(handle -> {
            services.forEach((node, json) -> handle.execute("""
                    INSERT INTO node_report (node, services, updated_at)
                    SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM node WHERE id = ? AND removed_at IS NULL)
                    ON CONFLICT (node) DO UPDATE SET services = excluded.services, updated_at = excluded.updated_at""", node, json, now.toEpochMilli(), node));
            return true;
        });
    }
}
