package dev.geniehive.control.hive.performance;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of what one service has read lately for one model. Safe for use by many threads at once, without a
 * lock.
 *
 * <p>A table of {@value #ROOM} places (32 KiB, made when the first one comes); each fingerprint has two. A new one takes
 * the first and moves who was there to the second, whose holder is forgotten.
 */
final class Prints {
    static final int ROOM = 4096;

    private volatile @Nullable AtomicLongArray table;

    boolean contains(long print) {
        AtomicLongArray places = table;
        if (places == null || print == 0) {
            return false;
        }
        int first = first(print);
        return places.get(first) == print || places.get(second(first)) == print;
    }

    void add(long print) {
        AtomicLongArray places = made();
        int first = first(print);
        long moved = places.get(first);
        if (moved != print) {
            places.set(first, print);
            places.set(second(first), moved);
        }
    }

    /** Everything is forgotten. */
    void clear() {
        table = null;
    }

    /** Two threads may make one each; then one of them is forgotten, and little with it. */
    private AtomicLongArray made() {
        AtomicLongArray places = table;
        if (places == null) {
            places = new AtomicLongArray(ROOM);
            table = places;
        }
        return places;
    }

    private static int first(long print) {
        return (int) (print >>> 20) & (ROOM - 1);
    }

    private static int second(int first) {
        return first ^ ROOM / 2;
    }
}
