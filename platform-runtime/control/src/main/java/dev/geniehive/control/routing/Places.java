package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import java.util.BitSet;

/**
 * Finds again what was made of a candidate, by the candidate itself, and each only once.
 *
 * <p>An identity map would do. But the identity hash of a new object costs more than the rest of a decision does for one
 * candidate, while the hashes of the names are there already.
 */
final class Places {
    private final Lineup.Members all;
    private final BitSet taken;
    private final int[] table;

    Places(Lineup.Members all) {
        this.all = all;
        this.taken = new BitSet(all.size());
        this.table = new int[Integer.highestOneBit(Math.max(1, all.size())) << 2];
        for (int place = 0; place < all.size(); place++) {
            int slot = slot(all.member(place).candidate());
            while (table[slot] != 0) {
                slot = next(slot);
            }
            table[slot] = place + 1;
        }
    }

    /** {@return the index of what was made of this very candidate; -1 if it is none of them, or was taken before} */
    int take(Candidate candidate) {
        for (int slot = slot(candidate); table[slot] != 0; slot = next(slot)) {
            int place = table[slot] - 1;
            if (isSame(all.member(place).candidate(), candidate) && !taken.get(place)) {
                taken.set(place);
                return place;
            }
        }
        return -1;
    }

    /** {@return the index of the first one that nobody took, and takes it; -1 if there is none} */
    int takeNext() {
        int place = taken.nextClearBit(0);
        if (place >= all.size()) {
            return -1;
        }
        taken.set(place);
        return place;
    }

    /** {@return whether both are the same object: a policy orders what it was given, and makes nobody up} */
    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(Candidate one, Candidate other) {
        return one == other;
    }

    private int slot(Candidate candidate) {
        int hash = candidate.service().hashCode() * 31 + candidate.asset().hashCode();
        return (hash ^ (hash >>> 15)) & (table.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }
}
