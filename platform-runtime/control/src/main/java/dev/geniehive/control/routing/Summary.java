package dev.geniehive.control.routing;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.ModelPerformance;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Performance;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sums up what the services of one name say. What none of them says stays unknown. */
final class Summary {
    private final String name;
    private final List<Offer> offers;
    private final Set<Operation> operations;

    /**
     * @param offers those that can be served, at least one
     * @param operations what they can be asked for
     */
    Summary(String name, List<Offer> offers, Set<Operation> operations) {
        this.name = name;
        this.offers = offers;
        this.operations = operations;
    }

    ModelCard card(HiveSnapshot now) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        offers.forEach(offer -> abilities.addAll(offer.asset().abilities()));
        return new ModelCard(
                name,
                offers.stream().allMatch(offer -> offer.kind() == Offer.Kind.ALIAS) ? "alias" : "asset",
                created(now),
                operations,
                abilities,
                health(),
                offers.stream().anyMatch(offer -> offer.asset().loaded()),
                offers.stream().anyMatch(offer -> !offer.asset().loaded()),
                (int) services().count(),
                services().map(Service::host).distinct().sorted().toList(),
                agreed(offer -> Optional.of(offer.service().engine())),
                agreed(offer -> offer.asset().quantization()),
                largestContext(),
                largest(Asset::sizeBytes),
                largest(Asset::parameters),
                services().mapToDouble(service -> service.terms().cost()).min().orElse(0),
                sum(services().map(service -> service.inventory().queueDepth())),
                sum(services().map(Summary::free)),
                offers.stream().allMatch(offer -> offer.service().inventory().simulated()),
                performance(),
                "",
                List.of());
    }

    private Optional<ModelPerformance> performance() {
        ModelPerformance seen = Performance.together(offers.stream()
                .map(offer -> offer.service().gauge().performance(offer.asset().id()))
                .distinct()
                .toList());
        return seen.samples() > 0 ? Optional.of(seen) : Optional.empty();
    }

    private Stream<Service> services() {
        return offers.stream().map(Offer::service).distinct();
    }

    /** An implied name is as old as the one that it follows from. */
    private Instant created(HiveSnapshot now) {
        return now.firstSeen(name)
                .or(() -> now.firstSeen(offers.getFirst().asset().id()))
                .orElse(Instant.EPOCH);
    }

    private ServiceHealth health() {
        return services().map(Service::health).min(ServiceHealth::compareTo).orElse(ServiceHealth.UNREACHABLE);
    }

    private Optional<String> agreed(Function<Offer, Optional<String>> read) {
        List<String> values = offers.stream()
                .flatMap(offer -> read.apply(offer).stream())
                .distinct()
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private OptionalInt largestContext() {
        return offers.stream()
                .flatMapToInt(offer -> offer.asset().contextLength().stream())
                .max();
    }

    private OptionalLong largest(Function<Asset, OptionalLong> read) {
        return offers.stream()
                .flatMapToLong(offer -> read.apply(offer.asset()).stream())
                .max();
    }

    /** {@return the sum of what is known; empty if nothing is} */
    private static OptionalInt sum(Stream<OptionalInt> numbers) {
        List<Integer> known = numbers.flatMap(number -> number.stream().boxed()).toList();
        return known.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(known.stream().mapToInt(Integer::intValue).sum());
    }

    private static OptionalInt free(Service service) {
        OptionalInt limit = service.concurrency();
        if (limit.isEmpty()) {
            return limit;
        }
        int reported = service.inventory().slots().map(Slots::busy).orElse(0);
        return OptionalInt.of(
                Math.max(0, limit.getAsInt() - Math.max(service.gauge().inFlight(), reported)));
    }
}
