package dev.geniehive.control.routing;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Trail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Decides who gets a request. Pure but for the random number that breaks ties, which is handed in.
 *
 * @param rules whether models may be loaded on demand
 * @param policy orders equals
 * @param adapters names of the provider adapters that this process has
 * @param dice draws a number in [0, 1) for near-ties
 */
public record Router(RoutingRules rules, RankingPolicy policy, Set<String> adapters, DoubleSupplier dice) {
    /** Who fails though it says it is well comes last, who is not quite well after who is; then the lowest cost. */
    private static final Comparator<Verdict.Eligible> FIRST_ROWS = Comparator.<Verdict.Eligible, Verdict.Row>comparing(
                    verdict -> verdict.row())
            .thenComparing(verdict -> verdict.candidate().signals().health())
            .thenComparingDouble(verdict -> verdict.candidate().signals().cost());

    public Router {
        adapters = Set.copyOf(adapters);
    }

    /** {@return who gets a request that nobody can know, who does not, and why} */
    public Decision decide(HiveSnapshot hive, RouteRequest request, Need need) {
        return decide(hive, request, need, Trail.NONE);
    }

    /** {@return who gets it, who does not, and why} */
    public Decision decide(HiveSnapshot hive, RouteRequest request, Need need, Trail trail) {
        List<Offer> offers = hive.offers(request.model());
        Moment moment = Moment.of(policy, offers, trail);
        List<Verdict.Eligible> ready = new ArrayList<>();
        List<Verdict.Eligible> loadable = new ArrayList<>();
        List<Verdict.Dropped> dropped = new ArrayList<>();
        for (Offer offer : offers) {
            switch (judge(offer, request, need, moment)) {
                case Verdict.Eligible eligible when offer.asset().loaded() -> ready.add(eligible);
                case Verdict.Eligible eligible -> loadable.add(eligible);
                case Verdict.Dropped drop -> dropped.add(drop);
            }
        }
        List<Verdict.Eligible> ranked = new ArrayList<>(inOrder(request, ready));
        ranked.addAll(inOrder(request, loadable));
        return new Decision(
                request,
                match(offers),
                ranked,
                dropped,
                ranked.isEmpty() ? Optional.of(Refusals.of(request, dropped)) : Optional.empty());
    }

    private Verdict judge(Offer offer, RouteRequest request, Need need, Moment moment) {
        Service service = offer.service();
        Asset asset = offer.asset();
        if (offer.host() == Host.Status.LOST) {
            return new Verdict.Dropped(offer, Drop.LOST, () -> "is on %s, which is lost".formatted(service.host()));
        }
        if (offer.host() == Host.Status.DRAINING) {
            return new Verdict.Dropped(
                    offer,
                    Drop.DRAINING,
                    () -> "is on %s, which is draining and takes no new requests".formatted(service.host()));
        }
        if (!service.health().usable()) {
            return new Verdict.Dropped(
                    offer,
                    Drop.HEALTH,
                    () -> "is %s%s"
                            .formatted(
                                    service.health().wireName(),
                                    service.reason().isEmpty() ? "" : ": " + service.reason()));
        }
        Optional<String> adapter = service.adapter(request.operation(), asset);
        if (adapter.isEmpty()) {
            return new Verdict.Dropped(
                    offer,
                    Drop.OPERATION,
                    () -> "does not offer %s for %s"
                            .formatted(request.operation().wireName(), asset.id()));
        }
        if (!adapters.contains(adapter.get())) {
            return new Verdict.Dropped(
                    offer, Drop.ADAPTER, () -> "needs the adapter '%s', which is not here".formatted(adapter.get()));
        }
        if (asset.contextLength().isPresent() && asset.contextLength().getAsInt() < need.minContext()) {
            return new Verdict.Dropped(
                    offer,
                    Drop.CONTEXT,
                    () -> "needs %d tokens of context, has %d"
                            .formatted(need.minContext(), asset.contextLength().getAsInt()));
        }
        Optional<Ability> missing = missing(asset, request.facts());
        if (missing.isPresent()) {
            return new Verdict.Dropped(
                    offer,
                    Drop.ABILITY,
                    () -> "cannot do %s".formatted(missing.get().wireName()));
        }
        if (!asset.loaded() && !rules.loadOnDemand()) {
            return new Verdict.Dropped(offer, Drop.LOADING_OFF, () -> "has it on disk, and routing.load is never");
        }
        return new Verdict.Eligible(
                offer, adapter.get(), moment.candidate(offer, dice.getAsDouble()), Verdict.Row.FRONT);
    }

    /** An engine that says what it can do is taken at its word; one that says nothing is given the benefit of doubt. */
    private static Optional<Ability> missing(Asset asset, BodyFacts facts) {
        if (asset.abilities().isEmpty()) {
            return Optional.empty();
        }
        if (facts.images() && !asset.abilities().contains(Ability.IMAGES)) {
            return Optional.of(Ability.IMAGES);
        }
        if (facts.audio() && !asset.abilities().contains(Ability.AUDIO)) {
            return Optional.of(Ability.AUDIO);
        }
        return Optional.empty();
    }

    /** By rows first, then as the policy says. */
    private List<Verdict.Eligible> inOrder(RouteRequest request, List<Verdict.Eligible> judged) {
        if (judged.size() < 2) {
            return judged;
        }
        List<Verdict.Eligible> eligible =
                Ejection.of(judged, judged.getFirst().offer().service().gauge().now());
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
        ordered.sort(FIRST_ROWS);
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
