package dev.geniehive.control.hive.performance;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where the last request of each session went. Safe for use by many threads at once, without a lock. Its
 * room is bounded; a new session may take the place of an older one.
 */
final class Sessions {
    static final int ROOM = 16_384;

    private final AtomicReferenceArray<@Nullable Seat> seats;

    /** Who had a session last. */
    private record Seat(long session, Performance service) {}

    /** @param room how many sessions, a power of two */
    Sessions(int room) {
        this.seats = new AtomicReferenceArray<>(room);
    }

    @Nullable
    Performance last(long session) {
        Seat seat = seats.get(place(session));
        return seat != null && seat.session() == session ? seat.service() : null;
    }

    void put(long session, Performance service) {
        seats.set(place(session), new Seat(session, service));
    }

    private int place(long session) {
        return (int) (session >>> 20) & (seats.length() - 1);
    }
}
