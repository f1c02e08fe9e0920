package dev.geniehive.kernel.body;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.util.Arrays;

/**
 * The fingerprints of the keys of all objects that are open, one table for all of them.
 *
 * <p>Keys leave in the reverse order of their coming, an object's keys when it closes. So the table needs no marks of
 * deleted entries: who came last displaced nobody, and its place is simply free again. What the table takes beyond its
 * first size counts against the memory of all bodies.
 */
final class Keys implements AutoCloseable {
    private static final int FIRST_SLOTS = 32;

    private final int limit;
    private final Budget memory;
    private long[] slots = new long[2 * FIRST_SLOTS];
    private int[] order = new int[FIRST_SLOTS / 2];
    private int size;
    private long taken;

    Keys(int limit, Budget memory) {
        this.limit = limit;
        this.memory = memory;
    }

    /** {@return how many keys are open: what to go back to when the next object closes} */
    int size() {
        return size;
    }

    boolean isFull() {
        return size >= limit;
    }

    /** {@return whether the key is new} */
    boolean add(Fingerprint key) {
        if (size == order.length) {
            grow();
        }
        long first = key.first() + 1; // never zero: that is a free place
        int slot = find(slots, first, key.second());
        if (slots[slot] != 0) {
            return false;
        }
        occupy(slots, slot, first, key.second());
        order[size++] = slot;
        return true;
    }

    /** Forgets the keys that came after the first ones. */
    void backTo(int count) {
        while (size > count) {
            slots[order[--size]] = 0;
        }
    }

    private static int find(long[] slots, long first, long second) {
        int mask = slots.length - 1;
        int slot = ((int) (first ^ (first >>> 32)) * 2) & mask;
        while (slots[slot] != 0 && (slots[slot] != first || slots[slot + 1] != second)) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }

    private static void occupy(long[] slots, int slot, long first, long second) {
        slots[slot] = first;
        slots[slot + 1] = second;
    }

    private void grow() {
        long more = 8L * slots.length * 2 + 4L * order.length * 2;
        if (!memory.take(more)) {
            throw new GenieException(
                    ErrorKind.UNAVAILABLE, "no_room", "There is no memory now for a body with so many members.");
        }
        long[] larger = new long[slots.length * 2];
        for (int i = 0; i < size; i++) {
            int old = order[i];
            int slot = find(larger, slots[old], slots[old + 1]);
            occupy(larger, slot, slots[old], slots[old + 1]);
            order[i] = slot;
        }
        slots = larger;
        order = Arrays.copyOf(order, order.length * 2);
        memory.give(taken);
        taken = more;
    }

    @Override
    public void close() {
        memory.give(taken);
        taken = 0;
    }
}
