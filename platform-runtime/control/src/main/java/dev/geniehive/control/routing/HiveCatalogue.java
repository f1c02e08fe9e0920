package dev.geniehive.control.routing;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
                .filter(offer -> impliedToo || offer.kind() != Offer.Kind.IMPLIED)
                .filter(offer -> !operations(offer, rules).isEmpty())
                .filter(offer -> offer.service().health().usable())
                .filter(offer -> offer.asset().loaded() || rules.rules().loadOnDemand())
                .toList();
        return usable.isEmpty() ? Optional.empty() : Optional.of(card(now, name, usable, rules));
    }

    private static ModelCard card(HiveSnapshot now, String name, List<Offer> offers, Router router) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        offers.forEach(offer -> operations.addAll(operations(offer, router)));
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        offers.forEach(offer -> abilities.addAll(offer.asset().abilities()));
        boolean alias = offers.stream().allMatch(offer -> offer.kind() == Offer.Kind.ALIAS);
        return new ModelCard(
                name,
                alias ? "alias" : "asset",
                now.firstSeen().getOrDefault(offers.getFirst().asset().id(), Instant.EPOCH),
                operations,
                abilities,
                offers.stream()
                        .map(offer -> offer.service().health())
                        .min(ServiceHealth::compareTo)
                        .orElse(ServiceHealth.UNREACHABLE),
                offers.stream().anyMatch(offer -> offer.asset().loaded()),
                offers.stream().anyMatch(offer -> !offer.asset().loaded()),
                (int) services(offers).count(),
                services(offers).map(Service::host).distinct().sorted().toList(),
                agreed(offers, offer -> Optional.of(offer.service().engine())),
                agreed(offers, offer -> offer.asset().quantization()),
                largestContext(offers),
                largest(offers, Asset::sizeBytes),
                largest(offers, Asset::parameters),
                offers.stream()
                        .mapToDouble(offer -> offer.service().terms().cost())
                        .min()
                        .orElse(0),
                queueDepth(offers),
                freeSlots(offers),
                offers.stream().allMatch(offer -> offer.service().inventory().simulated()));
    }

    private static Stream<Service> services(List<Offer> offers) {
        return offers.stream().map(Offer::service).distinct();
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

    private static Optional<String> agreed(List<Offer> offers, Function<Offer, Optional<String>> read) {
        List<String> values = offers.stream()
                .flatMap(offer -> read.apply(offer).stream())
                .distinct()
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static OptionalInt largestContext(List<Offer> offers) {
        return offers.stream()
                .flatMapToInt(offer -> offer.asset().contextLength().stream())
                .max();
    }

    private static OptionalLong largest(List<Offer> offers, Function<Asset, OptionalLong> read) {
        return offers.stream()
                .flatMapToLong(offer -> read.apply(offer.asset()).stream())
                .max();
    }

    private static OptionalInt queueDepth(List<Offer> offers) {
        List<Integer> depths = services(offers)
                .map(service -> service.inventory().queueDepth())
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .toList();
        return depths.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(depths.stream().mapToInt(Integer::intValue).sum());
    }

    private static OptionalInt freeSlots(List<Offer> offers) {
        List<Service> known = services(offers)
                .filter(service -> service.concurrency().isPresent())
                .toList();
        return known.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(known.stream().mapToInt(HiveCatalogue::free).sum());
    }

    private static int free(Service service) {
        int limit = service.concurrency().orElse(0);
        int reported = service.inventory().slots().map(slots -> slots.busy()).orElse(0);
        return Math.max(0, limit - Math.max(service.gauge().inFlight(), reported));
    }
}
