package dev.geniehive.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What was learned about how services serve their models. */
public final class PerformanceTable {
    private final Store store;

    PerformanceTable(Store store) {
        this.store = store;
    }

    /** {@return everything} */
    public List<StoredPerformance> all() {
        return store.read(handle -> handle.createQuery(
                        "SELECT service, model, numbers, updated_at FROM model_performance ORDER BY service, model")
                .map((row, context) -> new StoredPerformance(
                        row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))))
                .list());
    }

    /** Keeps these, all or none, each in the place of what was known of its service and model. */
    public void put(Collection<StoredPerformance> learned) {
        store.write(handle -> {
            learned.forEach(one -> handle.execute(
                    """
                    INSERT INTO model_performance (service, model, numbers, updated_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (service, model) DO UPDATE SET numbers = excluded.numbers, updated_at = excluded.updated_at""", one.service(), one.model(), one.numbers(), one.at().toEpochMilli()));
            return true;
        });
    }

    /** Forgets all services but these. */
    public void retain(Set<String> services) {
        store.write(handle -> {
            List<String> known = handle.createQuery("SELECT DISTINCT service FROM model_performance")
                    .mapTo(String.class)
                    .list();
            known.stream()
                    .filter(service -> !services.contains(service))
                    .forEach(service -> handle.execute("DELETE FROM model_performance WHERE service = ?", service));
            return true;
        });
    }
}
