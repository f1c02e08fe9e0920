package dev.geniehive.control.routing;

import dev.geniehive.control.hive.Breaker;
import dev.geniehive.control.hive.performance.Performance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** {@return whether a service may stand at the back; if not, it stands in front} Quick: it is asked of everybody. */
    static boolean isSuspect(Breaker breaker, Performance performance) {
        return performance.lastFailureShare() >= TOO_MANY_FAILED || breaker.isOpen();
    }

    /** {@return the row of each; null if all stand in front} */
    static Verdict.Row @Nullable [] rows(Field field, long now) {
        Verdict.Row[] rows = new Verdict.Row[field.size()];
        List<Integer> failing = new ArrayList<>();
        int resting = 0;
        for (int i = 0; i < rows.length; i++) {
            boolean rests = field.breakers[i].isOpen();
            rows[i] = rests ? Verdict.Row.RESTING : Verdict.Row.FRONT;
            if (rests) {
                resting++;
            } else if (failures(field, i, now) >= TOO_MANY_FAILED) {
                failing.add(i);
            }
        }
        failing.sort(Comparator.comparingDouble((Integer i) -> failures(field, i, now))
                .reversed());
        int most = Math.min(failing.size(), Math.max(0, rows.length / 2 - resting));
        for (int i : failing.subList(0, most)) {
            rows[i] = Verdict.Row.EJECTED;
        }
        return resting == 0 && most == 0 ? null : rows;
    }

    /** {@return the share of a service's attempts of the last seconds that failed; 0 if too few were made to say} */
    private static double failures(Field field, int i, long now) {
        return field.performances[i].failureShare(now);
    }
}
