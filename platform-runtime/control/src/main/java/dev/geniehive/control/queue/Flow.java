package dev.geniehive.control.queue;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What one key has waiting in one queue, by arrival, in one row for each set of services that it can use. */
final class Flow<T> {
    private final Id id;
    private final Map<Set<String>, TreeMap<Long, Ticket<T>>> rows = new HashMap<>();
    private int size;

    record Id(String queue, String key) {}

    Flow(Id id) {
        this.id = id;
    }

    Id id() {
        return id;
    }

    int size() {
        return size;
    }

    void add(Ticket<T> ticket) {
        rows.computeIfAbsent(ticket.uses(), unknown -> new TreeMap<>()).put(ticket.number(), ticket);
        size++;
    }

    void remove(Ticket<T> ticket) {
        rows.computeIfPresent(ticket.uses(), (uses, row) -> {
            size -= row.remove(ticket.number()) == null ? 0 : 1;
            return row.isEmpty() ? null : row;
        });
    }

    /** {@return who came first of those that can use a service} */
    Optional<Ticket<T>> first(String service) {
        Ticket<T> first = null;
        for (Map.Entry<Set<String>, TreeMap<Long, Ticket<T>>> row : rows.entrySet()) {
            Ticket<T> head = row.getValue().firstEntry().getValue();
            if (row.getKey().contains(service) && (first == null || head.number() < first.number())) {
                first = head;
            }
        }
        return Optional.ofNullable(first);
    }

    /** {@return who came last} */
    Optional<Ticket<T>> last() {
        return rows.values().stream()
                .map(row -> row.lastEntry().getValue())
                .max((one, other) -> Long.compare(one.number(), other.number()));
    }

    /** {@return how many wait for any of these services} */
    int sharing(Set<String> uses) {
        return before(uses, Long.MAX_VALUE);
    }

    /** {@return how many wait for any of these services and came before that one} */
    int before(Set<String> uses, long number) {
        int before = 0;
        for (Map.Entry<Set<String>, TreeMap<Long, Ticket<T>>> row : rows.entrySet()) {
            if (!Collections.disjoint(row.getKey(), uses)) {
                before += number == Long.MAX_VALUE
                        ? row.getValue().size()
                        : row.getValue().headMap(number).size();
            }
        }
        return before;
    }
}
