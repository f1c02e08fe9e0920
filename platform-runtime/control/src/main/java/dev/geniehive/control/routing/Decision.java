package dev.geniehive.control.routing;

import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.queue.QueueRules;
import java.util.List;
import java.util.Optional;

/**
 * Who gets a request, who does not, and why.
 *
 * @param request what was asked
 * @param match how the name was understood
 * @param eligible who may get it, the best first
 * @param dropped who has the name and may not, in the order of their ids
 * @param refusal what the client is told when nobody may get it; empty if somebody may
 * @param queue where it waits if all of them are busy
 */
public record Decision(
        RouteRequest request,
        Match match,
        List<Verdict.Eligible> eligible,
        List<Verdict.Dropped> dropped,
        Optional<Problem> refusal,
        QueueRules queue) {
    public Decision {
        eligible = List.copyOf(eligible);
        dropped = List.copyOf(dropped);
    }

    /** How a name was understood. */
    public enum Match {
        ASSET("asset"),
        ALIAS("alias"),
        ROLE("role"),
        NONE("none");

        private final String wireName;

        Match(String wireName) {
            this.wireName = wireName;
        }

        /** {@return the name in {@code matched_by}} */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * {@return whom to ask, the best first} Who stands at the back is asked only if nobody stands in front: a service
     * that fails is no way around those that are busy.
     */
    public List<Verdict.Eligible> askable() {
        List<Verdict.Eligible> front = eligible.stream()
                .filter(one -> one.row() == Verdict.Row.FRONT)
                .toList();
        return front.isEmpty() ? eligible : front;
    }

    /**
     * Takes a slot of the best one who has one free, of those who are asked.
     *
     * @return whose slot was taken; the caller gives it back
     */
    public Optional<Verdict.Eligible> takeSlot() {
        return askable().stream().filter(Verdict.Eligible::tryTake).findFirst();
    }

    /** {@return one short line why the first one comes first; for a header} */
    public String why(Verdict.Eligible chosen) {
        String state = chosen.candidate().signals().loaded() ? "loaded" : "loads on demand";
        String others = dropped.isEmpty() ? "" : ", " + dropped.size() + " dropped";
        String overflow = chosen.offer().service().terms().overflow() ? "; overflow" : "";
        return match.wireName() + overflow + "; " + state + "; 1 of " + eligible.size() + " eligible" + others;
    }

    /** {@return one sentence for a person} */
    public String reason() {
        if (eligible.isEmpty()) {
            return refusal.map(Problem::message).orElse("");
        }
        Verdict.Eligible first = eligible.getFirst();
        return "'%s' is the %s %s on %s, %s; %d of %d services that have it may serve it."
                .formatted(
                        request.model(),
                        match.wireName(),
                        first.offer().asset().id(),
                        first.offer().service().id(),
                        first.candidate().signals().loaded() ? "loaded" : "to be loaded on demand",
                        eligible.size(),
                        eligible.size() + dropped.size());
    }
}
