package dev.geniehive.control.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The flows that wait for one service, in the order in which it is their turn. */
final class Ring<T> {
    private final Map<Flow.Id, Seat> seats = new HashMap<>();
    private final TreeMap<Long, Flow<T>> byTurn = new TreeMap<>();

    /** Where a flow sits, and how much of it waits for the service. */
    private static final class Seat {
        private long turn;
        private int tickets;

        private Seat(long turn) {
            this.turn = turn;
        }
    }

    boolean isEmpty() {
        return byTurn.isEmpty();
    }

    Flow<T> first() {
        return byTurn.firstEntry().getValue();
    }

    /** One more of a flow waits; a flow that is new sits where its turn is. */
    void join(Flow<T> flow, long turn) {
        Seat seat = seats.computeIfAbsent(flow.id(), unknown -> {
            byTurn.put(turn, flow);
            return new Seat(turn);
        });
        seat.tickets++;
    }

    void leave(Flow.Id flow) {
        Seat seat = seats.get(flow);
        if (seat != null && --seat.tickets == 0) {
            seats.remove(flow);
            byTurn.remove(seat.turn);
        }
    }

    /** A flow was served: the others are next, if more of it waits. */
    void rotate(Flow<T> flow, long turn) {
        Seat seat = seats.get(flow.id());
        if (seat != null) {
            byTurn.remove(seat.turn);
            seat.turn = turn;
            byTurn.put(turn, flow);
        }
    }

    OptionalLong turn(Flow.Id flow) {
        Seat seat = seats.get(flow);
        return seat == null ? OptionalLong.empty() : OptionalLong.of(seat.turn);
    }
}
