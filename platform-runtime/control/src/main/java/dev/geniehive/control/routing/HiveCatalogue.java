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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The names of a hive that can be served or loaded now. */
public final class HiveCatalogue implements Catalogue {
    private final Hive hive;
    private final Supplier<Router> router;

    public HiveCatalogue(Hive hive, Supplier<Router> router) {
        this.hive = hive;
        this.router = router;
    }

    @Override
    public List<ModelCard> models(Caller caller) {
        HiveSnapshot now = hive.snapshot();
        Router rules = router.get();
        SortedMap<String, ModelCard> cards = new TreeMap<>();
        now.names().forEach((name, offers) -> {
            named(now, rules, name, false).ifPresent(card -> cards.put(name, card));
            told(name, offers).forEach(own -> named(now, rules, own, false).ifPresent(card -> cards.put(own, card)));
        });
        rules.stage().book().entries().keySet().forEach(name -> {
            ModelCard known = cards.get(name);
            if (known == null || !known.loaded()) {
                role(now, rules, name).ifPresent(card -> cards.put(name, card));
            }
        });
        return List.copyOf(cards.values());
    }

    @Override
    public Optional<ModelCard> model(Caller caller, String id) {
        HiveSnapshot now = hive.snapshot();
        Router rules = router.get();
        Optional<ModelCard> card = named(now, rules, id, true);
        return card.filter(ModelCard::loaded).or(() -> role(now, rules, id)).or(() -> card);
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

    private static Optional<ModelCard> role(HiveSnapshot now, Router rules, String name) {
        return rules.stage().book().find(name).flatMap(role -> {
            Decision decision = rules.decide(now, new RouteRequest(role.operation(), name), Need.NOTHING);
            List<Offer> players =
                    decision.eligible().stream().map(Verdict.Eligible::offer).toList();
            if (players.isEmpty() || decision.played().isEmpty()) {
                return Optional.empty();
            }
            List<String> models =
                    players.stream().map(offer -> offer.asset().id()).distinct().toList();
            return Optional.of(new Summary(name, players, Set.of(role.operation()))
                    .card(now)
                    .asRole(role.description(), models));
        });
    }

    private static Optional<ModelCard> named(HiveSnapshot now, Router rules, String name, boolean impliedToo) {
        List<Offer> usable = now.offers(name).stream()
                .filter(Offer::meant)
                .filter(offer -> offer.host() == Host.Status.ONLINE)
                .filter(offer -> !offer.service().terms().overflow())
                .filter(offer -> impliedToo || offer.kind() != Offer.Kind.IMPLIED)
                .filter(offer -> !operations(offer, rules).isEmpty())
                .filter(offer -> offer.service().health().usable())
                .filter(offer -> offer.asset().loaded() || rules.rules().loadOnDemand())
                .toList();
        if (usable.isEmpty()) {
            return Optional.empty();
        }
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        usable.forEach(offer -> operations.addAll(operations(offer, rules)));
        return Optional.of(new Summary(name, usable, operations).card(now));
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
