package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Offers;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.roles.Role;
import dev.geniehive.kernel.body.Filling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Decides who gets a request, in the order that is promised: a model of that name that is loaded and well, then a role of
 * that name, then a model of that name that can be loaded, then a clear refusal. Pure but for the random number that
 * breaks ties, which is handed in.
 *
 * @param rules whether models may be loaded on demand, and the queues
 * @param policy orders equals where no role asks for another one
 * @param adapters names of the provider adapters that this process has
 * @param dice draws a number in [0, 1) for near-ties
 * @param stage the roles
 */
public record Router(RoutingRules rules, RankingPolicy policy, Set<String> adapters, DoubleSupplier dice, Stage stage) {
    public Router {
        adapters = Set.copyOf(adapters);
    }

    /** A router that knows no roles. */
    public Router(RoutingRules rules, RankingPolicy policy, Set<String> adapters, DoubleSupplier dice) {
        this(rules, policy, adapters, dice, Stage.empty());
    }

    /** What is the same for all services: the request, who works for its queue, and by what they may know it. */
    private record Scene(Asking asking, Turnout turnout, Trail trail) {}

    /** Who may get a request, the best first, and who may not. */
    private record Order(List<Verdict.Eligible> ranked, List<Verdict.Dropped> dropped) {}

    /** {@return who gets a request that nobody can know, who does not, and why} */
    public Decision decide(HiveSnapshot hive, RouteRequest request, Need need) {
        return decide(hive, request, need, Trail.NONE);
    }

    /** {@return who gets it, who does not, and why} */
    public Decision decide(HiveSnapshot hive, RouteRequest request, Need need, Trail trail) {
        Offers offers = hive.offers(request.model());
        Optional<Role> role = stage.book().find(request.model());
        if (offers.isEmpty() && role.isPresent()) {
            return byRole(hive, role.get(), request, need, trail);
        }
        QueueRules queue = rules.queues().of(need.claim().queue(Optional.empty()));
        Scene scene = new Scene(
                new Asking(request, Demand.of(request, need, Filling.NOTHING)),
                new Turnout(hive, queue, need.claim().overflow()),
                trail);
        Tiers named = offers.derived(Eligibility.class, Eligibility::of).tiers(filters(scene), scene.turnout());
        if (named.ready().isEmpty() && role.isPresent()) {
            Decision played = byRole(hive, role.get(), request, need, trail);
            if (!played.eligible().isEmpty() || named.isEmpty()) {
                return played;
            }
        }
        return byName(scene, offers, named);
    }

    /** {@return one short line why a candidate of a decision stands where it does} */
    public String explain(Decision decision, Candidate candidate) {
        return decision.played()
                .map(play -> stage.policy(play.by(), policy))
                .orElse(policy)
                .explain(candidate);
    }

    private Decision byName(Scene scene, List<Offer> offers, Tiers named) {
        Order order = order(named, scene, policy);
        return new Decision(
                scene.asking().route(),
                match(offers),
                scene.asking().demand(),
                Optional.empty(),
                order.ranked(),
                order.dropped(),
                order.ranked().isEmpty() ? Optional.of(Refusals.of(scene.asking(), order.dropped())) : Optional.empty(),
                scene.turnout().queue());
    }

    /** The first role of the chain that anybody can play decides; the demand is that of the role that was asked for. */
    private Decision byRole(HiveSnapshot hive, Role role, RouteRequest request, Need need, Trail trail) {
        QueueRules queue = rules.queues()
                .of(need.claim().queue(role.handling().queue()))
                .overflowingAfter(role.handling().overflow().after());
        Scene scene = new Scene(
                new Asking(request, Demand.of(request, need, role.filling())),
                new Turnout(hive, queue, need.claim().overflow()),
                trail);
        List<Verdict.Dropped> dropped = new ArrayList<>();
        if (role.operation() == request.operation()) {
            for (Role by : stage.book().chain(role)) {
                Stage.Cast cast = stage.cast(hive, by);
                Tiers tiers = cast.fitting().tiers(filters(scene), scene.turnout());
                dropped.addAll(cast.unfit());
                if (!tiers.isEmpty()) {
                    Order order = order(tiers, scene, stage.policy(by, policy));
                    dropped.addAll(order.dropped());
                    return played(scene, role, by, order.ranked(), dropped);
                }
                dropped.addAll(tiers.dropped());
            }
        }
        return played(scene, role, role, List.of(), dropped);
    }

    private static Decision played(
            Scene scene, Role role, Role by, List<Verdict.Eligible> ranked, List<Verdict.Dropped> dropped) {
        return new Decision(
                scene.asking().route(),
                Decision.Match.ROLE,
                scene.asking().demand(),
                Optional.of(new Decision.Played(role, by)),
                ranked,
                dropped,
                ranked.isEmpty() ? Optional.of(Refusals.of(role, scene.asking(), dropped)) : Optional.empty(),
                scene.turnout().queue());
    }

    private Filters filters(Scene scene) {
        return new Filters(scene.asking(), adapters, rules.loadOnDemand());
    }

    private Order order(Tiers tiers, Scene scene, RankingPolicy by) {
        Ranking ranking = new Ranking(scene.asking(), by, scene.trail(), dice);
        List<Verdict.Eligible> usual = Lineup.then(ranking.of(tiers.ready()), ranking.of(tiers.loadable()));
        if (tiers.spare().isEmpty()) {
            return new Order(usual, tiers.dropped());
        }
        List<Verdict.Dropped> dropped = new ArrayList<>(tiers.dropped());
        List<Verdict.Eligible> standIns = Turnout.standIns(ranking.of(tiers.spare()), usual, dropped);
        return new Order(Lineup.then(usual, standIns), dropped);
    }

    private static Decision.Match match(List<Offer> offers) {
        if (offers.isEmpty()) {
            return Decision.Match.NONE;
        }
        for (Offer offer : offers) {
            if (offer.kind() != Offer.Kind.ALIAS) {
                return Decision.Match.ASSET;
            }
        }
        return Decision.Match.ALIAS;
    }
}
