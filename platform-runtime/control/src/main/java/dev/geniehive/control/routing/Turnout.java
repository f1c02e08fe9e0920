package dev.geniehive.control.routing;

import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.protocol.Terms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who works for the queue that a request waits in. Pure.
 *
 * @param queue where it waits
 * @param overflow whether it has waited so long that services may be used that are for overflow only
 */
record Turnout(HiveSnapshot hive, QueueRules queue, boolean overflow) {
    /** {@return why a service does not work for it; null if it does} */
    Verdict.@Nullable Dropped drop(Offer offer) {
        Service service = offer.service();
        if (offer.overflow() && !overflow) {
            return new Verdict.Dropped(
                    offer, Drop.EXPOSURE, () -> "is for overflow only, for requests that waited as long as they must");
        }
        boolean plain = offer.shared() && queue.name().equals(Terms.SHARED_QUEUE);
        if (!plain && !Subscriptions.serves(hive, queue, service)) {
            return new Verdict.Dropped(
                    offer,
                    Drop.QUEUE,
                    () -> "is on %s, which does not serve the queue '%s'".formatted(service.host(), queue.name()));
        }
        return null;
    }

    /** {@return whether any service says that it works for the queue} */
    boolean isServed() {
        return hive.isServed(queue.name());
    }

    /** {@return those that are for overflow and stand in for the same weights at the same quantisation} */
    static List<Verdict.Eligible> standIns(
            List<Verdict.Eligible> spare, List<Verdict.Eligible> usual, List<Verdict.Dropped> dropped) {
        List<Verdict.Eligible> same = new ArrayList<>(spare.size());
        for (Verdict.Eligible one : spare) {
            if (usual.stream()
                    .anyMatch(other ->
                            Weights.same(one.offer().asset(), other.offer().asset()))) {
                same.add(one);
            } else {
                dropped.add(new Verdict.Dropped(
                        one.offer(),
                        Drop.EXPOSURE,
                        () -> "is for overflow, and is not known to have the same weights at the same quantisation"));
            }
        }
        return same;
    }
}
