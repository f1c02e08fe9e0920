package dev.geniehive.control.routing;

import dev.geniehive.control.hive.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who fails so often that it goes to the back although it says it is well.
 *
 * <p>A service whose breaker is open rests. Beside that, a service of which at least half of the last seconds' attempts
 * failed is ejected, the worst first, as long as no more than half of all stand at the back: when everything fails, it is
 * rather the requests, and nobody is better than the others.
 */
final class Ejection {
    private static final double TOO_MANY_FAILED = 0.5;

    private Ejection() {}

    /** {@return the same services in the same order, in their rows; the same list if nobody is at fault} */
    static List<Verdict.Eligible> of(List<Verdict.Eligible> eligible, long now) {
        int resting = 0;
        List<Verdict.Eligible> failing = new ArrayList<>(0);
        for (Verdict.Eligible one : eligible) {
            if (rests(one)) {
                resting++;
            } else if (failures(one.offer(), now) >= TOO_MANY_FAILED) {
                failing.add(one);
            }
        }
        if (resting == 0 && failing.isEmpty()) {
            return eligible;
        }
        failing.sort(Comparator.comparingDouble((Verdict.Eligible one) -> failures(one.offer(), now))
                .reversed());
        int most = Math.max(0, eligible.size() / 2 - resting);
        List<Verdict.Eligible> ejected = failing.subList(0, Math.min(most, failing.size()));
        return eligible.stream()
                .map(one -> rests(one) ? one.in(Verdict.Row.RESTING) : ejected(one, ejected))
                .toList();
    }

    /** {@return the share of a service's attempts of the last seconds that failed; 0 if too few were made to say} */
    static double failures(Offer offer, long now) {
        return offer.performance().failureShare(now);
    }

    private static boolean rests(Verdict.Eligible one) {
        return one.offer().gauge().breaker().isOpen();
    }

    private static Verdict.Eligible ejected(Verdict.Eligible one, List<Verdict.Eligible> ejected) {
        return ejected.contains(one) ? one.in(Verdict.Row.EJECTED) : one;
    }
}
