package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.roles.Role;
import dev.geniehive.kernel.body.Filling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

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

    /** Who passed the filters, and who did not. */
    private record Sorted(
            List<Casting.Fit> ready,
            List<Casting.Fit> loadable,
            List<Casting.Fit> spare,
            List<Verdict.Dropped> dropped) {
        Sorted() {
            this(10);
        }

        /** @param ready how many may be ready */
        Sorted(int ready) {
            this(new ArrayList<>(ready), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(Casting.Fit fit) {
            Offer offer = fit.offer();
            (offer.overflow() ? spare : offer.asset().loaded() ? ready : loadable).add(fit);
        }

        boolean isEmpty() {
            return ready.isEmpty() && loadable.isEmpty();
        }
    }

    /** {@return who gets a request that nobody can know, who does not, and why} */
    public Decision decide(HiveSnapshot hive, RouteRequest request, Need need) {
        return decide(hive, request, need, Trail.NONE);
    }

    /** {@return who gets it, who does not, and why} */
    public Decision decide(HiveSnapshot hive, RouteRequest request, Need need, Trail trail) {
        List<Offer> offers = hive.offers(request.model());
        Optional<Role> role = stage.book().find(request.model());
        if (offers.isEmpty() && role.isPresent()) {
            return byRole(hive, role.get(), request, need, trail);
        }
        QueueRules queue = rules.queues().of(need.claim().queue(Optional.empty()));
        Scene scene = new Scene(
                new Asking(request, Demand.of(request, need, Filling.NOTHING)),
                new Turnout(hive, queue, need.claim().overflow()),
                trail);
        Sorted named = sorted(offers, scene);
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

    private Decision byName(Scene scene, List<Offer> offers, Sorted named) {
        List<Verdict.Eligible> ranked = ranked(named, scene, policy, false);
        return new Decision(
                scene.asking().route(),
                match(offers),
                scene.asking().demand(),
                Optional.empty(),
                ranked,
                named.dropped(),
                ranked.isEmpty() ? Optional.of(Refusals.of(scene.asking(), named.dropped())) : Optional.empty(),
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
                Casting casting = stage.casting(hive, by);
                Sorted sorted = new Sorted();
                Filters filters = filters(scene);
                casting.fitting().forEach(fit -> sort(fit, filters, scene.turnout(), sorted));
                dropped.addAll(casting.unfit());
                if (!sorted.isEmpty()) {
                    List<Verdict.Eligible> ranked = ranked(sorted, scene, stage.policy(by, policy), true);
                    dropped.addAll(sorted.dropped());
                    return played(scene, role, by, ranked, dropped);
                }
                dropped.addAll(sorted.dropped());
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

    private Sorted sorted(List<Offer> offers, Scene scene) {
        Sorted sorted = new Sorted(offers.size());
        Filters filters = filters(scene);
        for (int i = 0; i < offers.size(); i++) {
            Offer offer = offers.get(i);
            Verdict.Dropped drop = drop(offer, filters, scene.turnout());
            if (drop == null) {
                sorted.add(new Casting.Fit(offer, 0));
            } else {
                sorted.dropped().add(drop);
            }
        }
        return sorted;
    }

    private static void sort(Casting.Fit fit, Filters filters, Turnout turnout, Sorted into) {
        Verdict.Dropped drop = drop(fit.offer(), filters, turnout);
        if (drop == null) {
            into.add(fit);
        } else {
            into.dropped().add(drop);
        }
    }

    private static Verdict.@Nullable Dropped drop(Offer offer, Filters filters, Turnout turnout) {
        Verdict.Dropped elsewhere = turnout.drop(offer);
        return elsewhere == null ? filters.drop(offer) : elsewhere;
    }

    private List<Verdict.Eligible> ranked(Sorted sorted, Scene scene, RankingPolicy by, boolean smallestFirst) {
        Ranking ranking = new Ranking(scene.asking(), by, scene.trail(), smallestFirst, dice);
        List<Verdict.Eligible> usual = Lineup.then(ranking.of(sorted.ready()), ranking.of(sorted.loadable()));
        return sorted.spare().isEmpty()
                ? usual
                : Lineup.then(usual, Turnout.standIns(ranking.of(sorted.spare()), usual, sorted.dropped()));
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
