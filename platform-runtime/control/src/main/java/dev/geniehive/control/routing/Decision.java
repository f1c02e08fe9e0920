package dev.geniehive.control.routing;

import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
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
 */
public record Decision(
        RouteRequest request,
        Match match,
        List<Verdict.Eligible> eligible,
        List<Verdict.Dropped> dropped,
        Optional<Problem> refusal) {
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
     * Takes a slot of the best one who has one free. Who stands at the back is asked only if nobody stands in front: a
     * service that fails is no way around those that are busy.
     *
     * @return whose slot was taken; the caller gives it back
     */
    public Optional<Verdict.Eligible> takeSlot() {
        boolean anyInFront = false;
        for (Verdict.Eligible one : eligible) {
            if (one.row() == Verdict.Row.FRONT) {
                anyInFront = true;
                if (one.tryTake()) {
                    return Optional.of(one);
                }
            }
        }
        return anyInFront
                ? Optional.empty()
                : eligible.stream().filter(Verdict.Eligible::tryTake).findFirst();
    }

    /** {@return one short line why the first one comes first; for a header} */
    public String why(Verdict.Eligible chosen) {
        return "%s; %s; 1 of %d eligible%s"
                .formatted(
                        match.wireName(),
                        chosen.candidate().signals().loaded() ? "loaded" : "loads on demand",
                        eligible.size(),
                        dropped.isEmpty() ? "" : ", %d dropped".formatted(dropped.size()));
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
