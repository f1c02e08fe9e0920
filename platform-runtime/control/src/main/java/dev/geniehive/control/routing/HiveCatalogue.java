package dev.geniehive.control.routing;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.Operation;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Offer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
        return now.names().keySet().stream()
                .flatMap(name -> card(now, name, false).stream())
                .toList();
    }

    @Override
    public Optional<ModelCard> model(Caller caller, String id) {
        return card(hive.snapshot(), id, true);
    }

    private Optional<ModelCard> card(HiveSnapshot now, String name, boolean impliedToo) {
        Router rules = router.get();
        List<Offer> usable = now.offers(name).stream()
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
