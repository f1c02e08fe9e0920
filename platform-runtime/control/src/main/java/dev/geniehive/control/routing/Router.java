package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.roles.Role;
import dev.geniehive.kernel.body.Filling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Decides who gets a request, in the order that is promised: a model of that name that is loaded and well, then a role of
 * that name, then a model of that name that can be loaded, then a clear refusal. Pure but for the random number that
 * breaks ties, which is handed in.
 *
 * @param rules whether models may be loaded on demand
 * @param policy orders equals
 * @param adapters names of the provider adapters that this process has
 * @param dice draws a number in [0, 1) for near-ties
 * @param stage the roles
 */
public record Router(RoutingRules rules, RankingPolicy policy, Set<String> adapters, DoubleSupplier dice, Stage stage) {
    /** Who fails though it says it is well comes last, who is not quite well after who is. */
    private static final Comparator<Verdict.Eligible> WELL = Comparator.<Verdict.Eligible, Boolean>comparing(
                    verdict -> verdict.offer().service().gauge().breaker().isOpen())
            .thenComparing(verdict -> verdict.candidate().signals().health());

    /** Then the lowest cost. */
    private static final Comparator<Verdict.Eligible> FIRST_ROWS =
            WELL.thenComparingDouble(verdict -> verdict.candidate().signals().cost());

    public Router {
        adapters = Set.copyOf(adapters);
    }

    /** A router that knows no roles. */
    public Router(RoutingRules rules, RankingPolicy policy, Set<String> adapters, DoubleSupplier dice) {
        this(rules, policy, adapters, dice, Stage.empty());
    }

    /** Who passed the filters, and who did not. */
    private record Sorted(List<Casting.Fit> ready, List<Casting.Fit> loadable, List<Verdict.Dropped> dropped) {
        Sorted() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        boolean isEmpty() {
            return ready.isEmpty() && loadable.isEmpty();
        }
    }

    /** {@return who gets it, who does not, and why} */
    public Decision decide(HiveSnapshot hive, RouteRequest request, Need need) {
        List<Offer> offers = hive.offers(request.model());
        Asking asking = new Asking(request, Demand.of(request, need, Filling.NOTHING));
        Sorted named = sorted(offers, asking);
        if (!named.ready().isEmpty()) {
            return byName(asking, offers, named);
        }
        Optional<Role> role = stage.book().find(request.model());
        if (role.isPresent()) {
            Decision played = byRole(hive, role.get(), request, need);
            if (!played.eligible().isEmpty() || named.isEmpty()) {
                return played;
            }
        }
        return byName(asking, offers, named);
    }

    /** {@return one short line why a candidate of a decision stands where it does} */
    public String explain(Decision decision, Candidate candidate) {
        return decision.played()
                .map(play -> stage.policy(play.by(), policy))
                .orElse(policy)
                .explain(candidate);
    }

    private Decision byName(Asking asking, List<Offer> offers, Sorted named) {
        List<Verdict.Eligible> ranked = ranked(named, asking, policy, false);
        return new Decision(
                asking.route(),
                match(offers),
                asking.demand(),
                Optional.empty(),
                ranked,
                named.dropped(),
                ranked.isEmpty() ? Optional.of(Refusals.of(asking, named.dropped())) : Optional.empty());
    }

    /** The first role of the chain that anybody can play decides; the demand is that of the role that was asked for. */
    private Decision byRole(HiveSnapshot hive, Role role, RouteRequest request, Need need) {
        Asking asking = new Asking(request, Demand.of(request, need, role.filling()));
        List<Verdict.Dropped> dropped = new ArrayList<>();
        if (role.operation() == request.operation()) {
            for (Role by : stage.book().chain(role)) {
                Casting casting = stage.casting(hive, by);
                Sorted sorted = new Sorted();
                Filters filters = filters(asking);
                casting.fitting().forEach(fit -> sort(fit, filters, sorted));
                dropped.addAll(casting.unfit());
                dropped.addAll(sorted.dropped());
                if (!sorted.isEmpty()) {
                    List<Verdict.Eligible> ranked = ranked(sorted, asking, stage.policy(by, policy), true);
                    return played(asking, role, by, ranked, dropped);
                }
            }
        }
        return played(asking, role, role, List.of(), dropped);
    }

    private static Decision played(
            Asking asking, Role role, Role by, List<Verdict.Eligible> ranked, List<Verdict.Dropped> dropped) {
        return new Decision(
                asking.route(),
                Decision.Match.ROLE,
                asking.demand(),
                Optional.of(new Decision.Played(role, by)),
                ranked,
                dropped,
                ranked.isEmpty() ? Optional.of(Refusals.of(role, asking, dropped)) : Optional.empty());
    }

    private Filters filters(Asking asking) {
        return new Filters(asking, adapters, rules.loadOnDemand());
    }

    private Sorted sorted(List<Offer> offers, Asking asking) {
        Sorted sorted = new Sorted();
        Filters filters = filters(asking);
        for (Offer offer : offers) {
            sort(new Casting.Fit(offer, 0), filters, sorted);
        }
        return sorted;
    }

    private static void sort(Casting.Fit fit, Filters filters, Sorted into) {
        Verdict.Dropped drop = filters.drop(fit.offer());
        if (drop != null) {
            into.dropped().add(drop);
        } else {
            (fit.offer().asset().loaded() ? into.ready() : into.loadable()).add(fit);
        }
    }

    private List<Verdict.Eligible> ranked(Sorted sorted, Asking asking, RankingPolicy by, boolean smallestFirst) {
        List<Verdict.Eligible> ranked = new ArrayList<>(inOrder(sorted.ready(), asking, by, smallestFirst));
        ranked.addAll(inOrder(sorted.loadable(), asking, by, smallestFirst));
        return ranked;
    }

    private Candidate candidate(Offer offer, double tieBreak) {
        Service service = offer.service();
        Signals signals = new Signals(
                offer.asset().loaded(),
                service.health(),
                outstanding(service),
                service.concurrency(),
                service.inventory().queueDepth(),
                service.terms().priority(),
                service.terms().cost(),
                service.gauge().firstTokenMillis(),
                tieBreak);
        return new Candidate(service.id(), service.host(), offer.asset().id(), signals);
    }

    /** What the engine says is a second old, our own count is not; others may use the engine too: the larger holds. */
    private static int outstanding(Service service) {
        int reported = service.inventory().slots().map(Slots::busy).orElse(0);
        return Math.max(service.gauge().inFlight(), reported);
    }

    /** By rows first, then as the policy says. */
    private List<Verdict.Eligible> inOrder(
            List<Casting.Fit> fits, Asking asking, RankingPolicy by, boolean smallestFirst) {
        Ties ties = smallestFirst ? Ties.smallestFirst(fits, dice) : offer -> dice.getAsDouble();
        List<Verdict.Eligible> eligible = new ArrayList<>(fits.size());
        for (Casting.Fit fit : fits) {
            Candidate candidate = candidate(fit.offer(), ties.of(fit.offer()));
            eligible.add(new Verdict.Eligible(fit.offer(), adapter(fit.offer(), asking), candidate));
        }
        if (eligible.size() < 2) {
            return eligible;
        }
        List<Verdict.Eligible> ordered = asPolicySays(asking.route(), eligible, by);
        ordered.sort(FIRST_ROWS);
        Roominess room = new Roominess(asking.demand().likelyTokens());
        if (room.differs(fits)) {
            ordered.sort(WELL.thenComparing(verdict -> room.isNarrow(verdict.offer())));
        }
        return smallestFirst ? preferred(ordered, fits, room) : ordered;
    }

    /** By family, among those who are as well and as likely to have the room. */
    private static List<Verdict.Eligible> preferred(
            List<Verdict.Eligible> ordered, List<Casting.Fit> fits, Roominess room) {
        IdentityHashMap<Offer, Integer> preferences = new IdentityHashMap<>();
        fits.forEach(fit -> preferences.put(fit.offer(), fit.preference()));
        ordered.sort(WELL.thenComparing(verdict -> room.isNarrow(verdict.offer()))
                .thenComparing(verdict -> preferences.getOrDefault(verdict.offer(), 0)));
        return ordered;
    }

    private static String adapter(Offer offer, Asking asking) {
        return offer.service()
                .adapter(asking.route().operation(), offer.asset())
                .orElseThrow();
    }

    private static List<Verdict.Eligible> asPolicySays(
            RouteRequest request, List<Verdict.Eligible> eligible, RankingPolicy policy) {
        IdentityHashMap<Candidate, Verdict.Eligible> byCandidate = new IdentityHashMap<>();
        eligible.forEach(verdict -> byCandidate.put(verdict.candidate(), verdict));
        List<Verdict.Eligible> ordered = new ArrayList<>(eligible.size());
        for (Ranked ranked : policy.rank(
                request, eligible.stream().map(Verdict.Eligible::candidate).toList())) {
            Verdict.Eligible verdict = byCandidate.remove(ranked.candidate());
            if (verdict != null) {
                ordered.add(verdict);
            }
        }
        eligible.stream()
                .filter(verdict -> byCandidate.containsKey(verdict.candidate()))
                .forEach(ordered::add);
        return ordered;
    }

    private static Decision.Match match(List<Offer> offers) {
        if (offers.isEmpty()) {
            return Decision.Match.NONE;
        }
        return offers.stream().anyMatch(offer -> offer.kind() != Offer.Kind.ALIAS)
                ? Decision.Match.ASSET
                : Decision.Match.ALIAS;
    }
}
