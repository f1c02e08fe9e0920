package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Those who may get a request, the best first: by rows, then by cost, then as the policy says.
 *
 * <p>Mostly the first one gets the request, and nobody asks for the others. So only the first one is looked for at first;
 * the others are put in order when somebody reads on. Immutable, and safe for use by many threads at once.
 */
final class Lineup extends AbstractList<Verdict.Eligible> implements RandomAccess {
    private final Members members;
    private final List<Ranked> ranked;
    private final int first;
    private volatile int @Nullable [] order;

    /** Those who are put in order, by their index. Who they are does not change. */
    interface Members {
        int size();

        Verdict.Eligible member(int index);

        /** {@return where one stands, the lowest first} */
        int row(int index);

        /** {@return what decides among those of a row, the lowest first} */
        double cost(int index);

        /** {@return whether all stand in one row, at one cost} May say false though they do. */
        boolean even();

        /** {@return the index of the one with this very candidate; -1 if it is none of them} */
        int place(Candidate candidate);
    }

    /** @param ranked in what order a policy puts them */
    Lineup(Members members, List<Ranked> ranked) {
        this.members = members;
        this.ranked = ranked;
        this.first = members.size() == 1
                ? 0
                : ranked.isEmpty() ? -1 : first(members.place(ranked.getFirst().candidate()));
    }

    /** {@return the index of the policy's first one if it stands in the first row; -1 if it does not} */
    private int first(int best) {
        if (best < 0 || members.even()) {
            return best;
        }
        for (int i = 0; i < members.size(); i++) {
            if (compare(i, best) < 0) {
                return -1;
            }
        }
        return best;
    }

    @Override
    public Verdict.Eligible get(int place) {
        return members.member(place == 0 && first >= 0 ? first : order()[place]);
    }

    @Override
    public int size() {
        return members.size();
    }

    /** Two threads may do it at once; both find the same. */
    private int[] order() {
        int[] known = order;
        if (known == null) {
            known = members.size() < 2
                    ? new int[members.size()]
                    : IntStream.of(asPolicySays())
                            .boxed()
                            .sorted((Comparator<Integer>) this::compare)
                            .mapToInt(Integer::intValue)
                            .toArray();
            order = known;
        }
        return known;
    }

    /** Whom the policy left out comes last. */
    private int[] asPolicySays() {
        Places places = new Places(members);
        int[] said = new int[members.size()];
        int count = 0;
        for (Ranked one : ranked) {
            int member = places.take(one.candidate());
            if (member >= 0) {
                said[count++] = member;
            }
        }
        while (count < said.length) {
            said[count++] = places.takeNext();
        }
        return said;
    }

    private int compare(int one, int other) {
        int order = Integer.compare(members.row(one), members.row(other));
        return order == 0 ? Double.compare(members.cost(one), members.cost(other)) : order;
    }

    /** {@return these and then others, as one list that is not put in order by that either} */
    static List<Verdict.Eligible> then(List<Verdict.Eligible> some, List<Verdict.Eligible> others) {
        return others.isEmpty() ? some : some.isEmpty() ? others : new Both(some, others);
    }

    /** {@return the same list where it never changes, else a copy} */
    static List<Verdict.Eligible> lasting(List<Verdict.Eligible> some) {
        return some instanceof Lineup || some instanceof Both ? some : List.copyOf(some);
    }

    private static final class Both extends AbstractList<Verdict.Eligible> implements RandomAccess {
        private final List<Verdict.Eligible> front;
        private final List<Verdict.Eligible> back;

        Both(List<Verdict.Eligible> front, List<Verdict.Eligible> back) {
            this.front = lasting(front);
            this.back = lasting(back);
        }

        @Override
        public Verdict.Eligible get(int place) {
            return place < front.size() ? front.get(place) : back.get(place - front.size());
        }

        @Override
        public int size() {
            return front.size() + back.size();
        }
    }
}
