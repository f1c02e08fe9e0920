package dev.geniehive.control.queue;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** All who wait at the same priority and urgency: for each service, its flows take turns. */
final class Tier<T> {
    private final Map<Flow.Id, Flow<T>> flows = new LinkedHashMap<>();
    private final Map<String, Ring<T>> rings = new HashMap<>();

    Collection<Flow<T>> flows() {
        return flows.values();
    }

    int size(Flow.Id id) {
        Flow<T> flow = flows.get(id);
        return flow == null ? 0 : flow.size();
    }

    void add(Ticket<T> ticket) {
        Flow<T> flow = flows.computeIfAbsent(ticket.claim().flow(), Flow::new);
        flow.add(ticket);
        ticket.uses().forEach(service -> join(service, flow, ticket));
    }

    void remove(Ticket<T> ticket) {
        ticket.uses().forEach(service -> leave(service, ticket));
        removeFromFlow(ticket);
    }

    /** The ticket can use other services; where it could use them before, its flow keeps its turn. */
    void move(Ticket<T> ticket, Set<String> uses) {
        Set<String> gone = new HashSet<>(ticket.uses());
        gone.removeAll(uses);
        Set<String> come = new HashSet<>(uses);
        come.removeAll(ticket.uses());
        Flow<T> flow = flows.computeIfAbsent(ticket.claim().flow(), Flow::new);
        flow.remove(ticket);
        ticket.use(uses);
        flow.add(ticket);
        gone.forEach(service -> leave(service, ticket));
        come.forEach(service -> join(service, flow, ticket));
    }

    Optional<Ticket<T>> next(String service) {
        Ring<T> ring = rings.get(service);
        return ring == null ? Optional.empty() : ring.first().first(service);
    }

    /** The ticket was served by that service: it is the next key's turn there. */
    void served(Ticket<T> ticket, String service, long turn) {
        remove(ticket);
        Flow<T> flow = flows.get(ticket.claim().flow());
        Ring<T> ring = rings.get(service);
        if (flow != null && ring != null) {
            ring.rotate(flow, turn);
        }
    }

    int sharing(Set<String> uses) {
        int sharing = 0;
        for (Flow<T> flow : flows.values()) {
            sharing += flow.sharing(uses);
        }
        return sharing;
    }

    /** {@return how many here go before one of them, if every key goes on taking its turn} */
    int ahead(Ticket<T> ticket) {
        Flow.Id own = ticket.claim().flow();
        Flow<T> flow = flows.get(own);
        int rounds = flow == null ? 0 : flow.before(ticket.uses(), ticket.number());
        int ahead = rounds;
        for (Flow<T> other : flows.values()) {
            if (!other.id().equals(own)) {
                int turns = rounds + (goesBefore(other.id(), own, ticket.uses()) ? 1 : 0);
                ahead += Math.min(other.sharing(ticket.uses()), turns);
            }
        }
        return ahead;
    }

    private boolean goesBefore(Flow.Id one, Flow.Id other, Set<String> uses) {
        for (String service : uses) {
            Ring<T> ring = rings.get(service);
            OptionalLong turn = ring == null ? OptionalLong.empty() : ring.turn(one);
            OptionalLong otherTurn = ring == null ? OptionalLong.empty() : ring.turn(other);
            if (turn.isPresent() && otherTurn.isPresent()) {
                return turn.getAsLong() < otherTurn.getAsLong();
            }
        }
        return false;
    }

    private void join(String service, Flow<T> flow, Ticket<T> ticket) {
        rings.computeIfAbsent(service, unknown -> new Ring<>()).join(flow, ticket.number());
    }

    private void leave(String service, Ticket<T> ticket) {
        rings.computeIfPresent(service, (name, ring) -> {
            ring.leave(ticket.claim().flow());
            return ring.isEmpty() ? null : ring;
        });
    }

    private void removeFromFlow(Ticket<T> ticket) {
        flows.computeIfPresent(ticket.claim().flow(), (id, flow) -> {
            flow.remove(ticket);
            return flow.size() == 0 ? null : flow;
        });
    }
}
