package dev.geniehive.control.routing;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.roles.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The names of a hive that can be served or loaded now, for whoever waits in the queue in which the caller would. */
public final class HiveCatalogue implements Catalogue {
    private final Hive hive;
    private final Supplier<Router> router;
    private final Function<Caller, List<String>> bound;

    /** A catalogue whose callers are bound to no queues. */
    public HiveCatalogue(Hive hive, Supplier<Router> router) {
        this(hive, router, caller -> List.of());
    }

    /** @param bound tells the queues that a caller's key is bound to; empty if to none */
    public HiveCatalogue(Hive hive, Supplier<Router> router, Function<Caller, List<String>> bound) {
        this.hive = hive;
        this.router = router;
        this.bound = bound;
    }

    /** What is the same for all names that one caller asks about. */
    private record View(HiveSnapshot hive, Router router, Claim claim, QueueRules queue) {
        boolean serves(Offer offer) {
            return Subscriptions.serves(hive, queue, offer.service());
        }
    }

    private View view(Caller caller) {
        Router rules = router.get();
        Claim claim = new Claim(bound.apply(caller), false);
        return new View(hive.snapshot(), rules, claim, rules.rules().queues().of(claim.queue(Optional.empty())));
    }

    @Override
    public List<ModelCard> models(Caller caller) {
        View now = view(caller);
        SortedMap<String, ModelCard> cards = new TreeMap<>();
        now.hive().names().forEach((name, offers) -> {
            named(now, name, false).ifPresent(card -> cards.put(name, card));
            told(name, offers).forEach(own -> named(now, own, false).ifPresent(card -> cards.put(own, card)));
        });
        now.router().stage().book().entries().keySet().forEach(name -> {
            ModelCard known = cards.get(name);
            if (known == null || !known.loaded()) {
                role(now, name).ifPresent(card -> cards.put(name, card));
            }
        });
        return List.copyOf(cards.values());
    }

    @Override
    public Optional<ModelCard> model(Caller caller, String id) {
        View now = view(caller);
        Optional<ModelCard> card = named(now, id, true);
        return card.filter(ModelCard::loaded).or(() -> role(now, id)).or(() -> card);
    }

    /** {@return the names by which the models go that one name stands for and does not mean, and the one that it means} */
    private static Set<String> told(String name, List<Offer> offers) {
        boolean oneForAll = offers.stream().allMatch(Offer::meant);
        return oneForAll
                ? Set.of()
                : offers.stream()
                        .filter(offer -> offer.kind() != Offer.Kind.IMPLIED)
                        .flatMap(offer -> offer.asset().quantization().stream())
                        .map(quantization -> name + "@" + quantization)
                        .collect(Collectors.toSet());
    }

    private static Optional<ModelCard> role(View now, String name) {
        Optional<Role> known = now.router().stage().book().find(name);
        return known.filter(role -> now.claim().admits(role.handling().queue())).flatMap(role -> {
            Decision decision = now.router()
                    .decide(now.hive(), new RouteRequest(role.operation(), name), Need.NOTHING.with(now.claim()));
            List<Offer> players =
                    decision.eligible().stream().map(Verdict.Eligible::offer).toList();
            if (players.isEmpty() || decision.played().isEmpty()) {
                return Optional.empty();
            }
            List<String> models =
                    players.stream().map(offer -> offer.asset().id()).distinct().toList();
            return Optional.of(new Summary(name, players, Set.of(role.operation()))
                    .card(now.hive())
                    .asRole(role.description(), models));
        });
    }

    private static Optional<ModelCard> named(View now, String name, boolean impliedToo) {
        List<Offer> usable = now.hive().offers(name).stream()
                .filter(Offer::meant)
                .filter(offer -> offer.host() == Host.Status.ONLINE)
                .filter(offer -> !offer.service().terms().overflow())
                .filter(now::serves)
                .filter(offer -> impliedToo || offer.kind() != Offer.Kind.IMPLIED)
                .filter(offer -> !operations(offer, now.router()).isEmpty())
                .filter(offer -> offer.service().health().usable())
                .filter(offer -> offer.asset().loaded() || now.router().rules().loadOnDemand())
                .toList();
        if (usable.isEmpty()) {
            return Optional.empty();
        }
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        usable.forEach(offer -> operations.addAll(operations(offer, now.router())));
        return Optional.of(new Summary(name, usable, operations).card(now.hive()));
    }

    private static Set<Operation> operations(Offer offer, Router router) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (Operation operation : offer.service().inventory().adapters().keySet()) {
            offer.service()
                    .adapter(operation, offer.asset())
                    .filter(router.adapters()::contains)
                    .ifPresent(adapter -> operations.add(operation));
        }
        return operations;
    }
}
