package dev.geniehive.control.routing;

import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.roles.Role;
import dev.geniehive.kernel.body.Filling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who gets a request, who does not, and why.
 *
 * @param request what was asked
 * @param match how the name was understood
 * @param demand what it needs
 * @param played the role that it is routed by; empty where the name stands for a model
 * @param eligible who may get it, the best first; whoever reads no more than the first one does not have the others put
 *     in order
 * @param dropped who has the name, or could play the role, and may not, in the order of their ids
 * @param refusal what the client is told when nobody may get it; empty if somebody may
 * @param queue where it waits if all of them are busy
 */
public record Decision(
        RouteRequest request,
        Match match,
        Demand demand,
        Optional<Played> played,
        List<Verdict.Eligible> eligible,
        List<Verdict.Dropped> dropped,
        Optional<Problem> refusal,
        QueueRules queue) {
    public Decision {
        eligible = Lineup.lasting(eligible);
        dropped = List.copyOf(dropped);
    }

    /**
     * How a role is played.
     *
     * @param role the role that was asked for: its defaults and its system prompt count, whoever plays it
     * @param by the role whose services play it: the same one, or one that it falls back to
     */
    public record Played(Role role, Role by) {
        /** {@return whether services of another role play it} */
        public boolean isFallback() {
            return !role.name().equals(by.name());
        }
    }

    /** {@return the same decision for those who are left of it} */
    public Decision left(List<Verdict.Eligible> some, Optional<Problem> otherwise) {
        return new Decision(request, match, demand, played, some, dropped, otherwise, queue);
    }

    /** {@return what the request gets where its client said nothing} */
    public Filling filling() {
        return played.map(play -> play.role().filling()).orElse(Filling.NOTHING);
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
        List<Verdict.Eligible> front =
                eligible.stream().filter(one -> one.row() == Verdict.Row.FRONT).toList();
        return front.isEmpty() ? eligible : front;
    }

    /**
     * Takes a slot of the best one who has one free, of those who are asked.
     *
     * @return whose slot was taken; the caller gives it back
     */
    public Optional<Verdict.Eligible> takeSlot() {
        return takeSlot(service -> true);
    }

    /**
     * Takes a slot of the best one who has one free, of those who are asked and may be used.
     *
     * @param may whether a service may be used, by its id
     * @return whose slot was taken; the caller gives it back
     */
    public Optional<Verdict.Eligible> takeSlot(Predicate<String> may) {
        boolean front = false;
        for (Verdict.Eligible one : eligible) {
            if (one.row() == Verdict.Row.FRONT) {
                front = true;
                if (takes(one, may)) {
                    return Optional.of(one);
                }
            }
        }
        return front
                ? Optional.empty()
                : eligible.stream().filter(one -> takes(one, may)).findFirst();
    }

    private static boolean takes(Verdict.Eligible one, Predicate<String> may) {
        return may.test(one.offer().service().id()) && one.tryTake();
    }

    /** {@return the ids of the services that are asked} */
    public Set<String> services() {
        return askable().stream()
                .map(eligible -> eligible.offer().service().id())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return its offer of a service that is asked} */
    public Optional<Verdict.Eligible> at(String service) {
        return askable().stream()
                .filter(eligible -> eligible.offer().service().id().equals(service))
                .findFirst();
    }

    /** {@return one short line why the first one comes first; for a header} */
    public String why(Verdict.Eligible chosen) {
        String how = played.filter(Played::isFallback)
                .map(play -> "role, by its fallback " + play.by().name())
                .orElse(match.wireName());
        String state = chosen.candidate().signals().loaded() ? "loaded" : "loads on demand";
        String others = dropped.isEmpty() ? "" : ", " + dropped.size() + " dropped";
        String overflow = chosen.offer().service().terms().overflow() ? "; overflow" : "";
        return how + overflow + "; " + state + "; 1 of " + eligible.size() + " eligible" + others;
    }

    /** {@return one sentence for a person} */
    public String reason() {
        if (eligible.isEmpty()) {
            return refusal.map(Problem::message).orElse("");
        }
        Verdict.Eligible first = eligible.getFirst();
        if (played.isPresent()) {
            return role(played.get(), first);
        }
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

    private String role(Played play, Verdict.Eligible first) {
        return "The role '%s' is played%s by %s on %s, %s; %d of %d models that were looked at may play it."
                .formatted(
                        play.role().name(),
                        play.isFallback()
                                ? " as '%s', its fallback,".formatted(play.by().name())
                                : "",
                        first.offer().asset().id(),
                        first.offer().service().id(),
                        first.candidate().signals().loaded() ? "loaded" : "to be loaded on demand",
                        eligible.size(),
                        eligible.size() + dropped.size());
    }
}
