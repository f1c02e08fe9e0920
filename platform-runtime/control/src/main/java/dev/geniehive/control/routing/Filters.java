package dev.geniehive.control.routing;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a service from any request, by name or by role. Pure.
 *
 * <p>What will not change comes before what may: so a service that is only unwell or away is known to be able to serve
 * the request otherwise, and the client is told to come again rather than that it asks for too much.
 *
 * @param request what is asked for, and needed
 * @param adapters those that this process has
 * @param load whether a model may be loaded on demand
 */
record Filters(Asking request, Set<String> adapters, boolean load) {
    /** {@return why a service does not get the request; null if it may get it} */
    Verdict.@Nullable Dropped drop(Offer offer) {
        Verdict.Dropped never = unfit(offer);
        return never == null ? unavailable(offer) : never;
    }

    private Verdict.@Nullable Dropped unfit(Offer offer) {
        Asset asset = offer.asset();
        if (!offer.meant()) {
            return dropped(
                    offer,
                    Drop.IDENTITY,
                    () -> "has other weights than '%s' means: it %s".formatted(name(), what(asset)));
        }
        if (!offers(offer)) {
            return dropped(
                    offer,
                    Drop.OPERATION,
                    () -> "does not offer %s for %s"
                            .formatted(request.route().operation().wireName(), asset.id()));
        }
        Optional<Ability> missing = missing(asset, request.demand().abilities());
        if (missing.isPresent()) {
            return dropped(
                    offer,
                    Drop.ABILITY,
                    () -> "cannot do %s".formatted(missing.get().wireName()));
        }
        long tokens = request.demand().leastTokens();
        long has = offer.context();
        if (has < tokens) {
            return dropped(
                    offer,
                    Drop.CONTEXT,
                    () -> "needs %d tokens of context, has %d: %d too few".formatted(tokens, has, tokens - has));
        }
        return null;
    }

    private Verdict.@Nullable Dropped unavailable(Offer offer) {
        Service service = offer.service();
        String adapter = offer.adapter(request.route().operation());
        if (adapter != null && !adapters.contains(adapter)) {
            return dropped(offer, Drop.ADAPTER, () -> "needs the adapter '%s', which is not here".formatted(adapter));
        }
        if (offer.host() == Host.Status.LOST) {
            return dropped(offer, Drop.LOST, () -> "is on %s, which is lost".formatted(service.host()));
        }
        if (offer.host() == Host.Status.DRAINING) {
            return dropped(
                    offer,
                    Drop.DRAINING,
                    () -> "is on %s, which is draining and takes no new requests".formatted(service.host()));
        }
        if (!offer.health().usable()) {
            return dropped(offer, Drop.HEALTH, () -> feeling(service));
        }
        if (!offer.asset().loaded() && !load) {
            return dropped(offer, Drop.LOADING_OFF, () -> "has it on disk, and routing.load is never");
        }
        return null;
    }

    /** An engine that is not well may not have said yet what it speaks. */
    private boolean offers(Offer offer) {
        Service service = offer.service();
        return offer.adapter(request.route().operation()) != null
                || (!service.health().usable() && service.inventory().adapters().isEmpty());
    }

    private String name() {
        return request.route().model();
    }

    private static String what(Asset asset) {
        return "%s%s"
                .formatted(
                        asset.quantization().map("is at "::concat).orElse("does not say at which quantisation it is"),
                        asset.parameters().isPresent()
                                ? " and has %d parameters"
                                        .formatted(asset.parameters().getAsLong())
                                : "");
    }

    private static String feeling(Service service) {
        return "is %s%s"
                .formatted(service.health().wireName(), service.reason().isEmpty() ? "" : ": " + service.reason());
    }

    /** An engine that says what it can do is taken at its word; one that says nothing is given the benefit of doubt. */
    static Optional<Ability> missing(Asset asset, Set<Ability> wanted) {
        if (wanted.isEmpty() || asset.abilities().isEmpty()) {
            return Optional.empty();
        }
        return wanted.stream()
                .filter(ability -> !asset.abilities().contains(ability))
                .min(Ability::compareTo);
    }

    private static Verdict.Dropped dropped(Offer offer, Drop by, Supplier<String> reason) {
        return new Verdict.Dropped(offer, by, reason);
    }
}
