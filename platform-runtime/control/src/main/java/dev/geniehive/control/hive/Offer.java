package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.protocol.Terms;
import java.util.EnumMap;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A service that serves a name. Immutable.
 *
 * <p>What routing asks of every one of them, for every request, is worked out when it is made.
 */
public final class Offer {
    private final Service service;
    private final Asset asset;
    private final Kind kind;
    private final Host.Status host;
    private final boolean meant;
    private final EnumMap<Operation, String> adapters;
    private final OptionalInt concurrency;
    private final OptionalInt queueDepth;
    private final int busy;
    private final long context;
    private final int priority;
    private final double cost;
    private final boolean overflow;
    private final boolean shared;
    private final ServiceHealth health;
    private final Gauge gauge;
    private volatile @Nullable Performance performance;

    /** An offer that the name means. */
    public Offer(Service service, Asset asset, Kind kind, Host.Status host) {
        this(service, asset, kind, host, true);
    }

    /**
     * @param service who
     * @param asset which of its models
     * @param kind how the name stands for the model
     * @param host what the service's host is good for
     * @param meant whether the name means it; not where engines report different weights under one name, see
     *     {@link Identity}
     */
    private Offer(Service service, Asset asset, Kind kind, Host.Status host, boolean meant) {
        this.service = service;
        this.asset = asset;
        this.kind = kind;
        this.host = host;
        this.meant = meant;
        this.adapters = adapters(service, asset);
        this.concurrency = service.concurrency();
        this.busy = service.inventory().slots().map(Slots::busy).orElse(0);
        this.queueDepth = service.inventory().queueDepth();
        this.context = asset.contextLength().isPresent() ? asset.contextLength().getAsInt() : Long.MAX_VALUE;
        this.priority = service.terms().priority();
        this.cost = service.terms().cost();
        this.overflow = service.terms().overflow();
        this.shared = service.terms().queues().contains(Terms.SHARED_QUEUE);
        this.health = service.health();
        this.gauge = service.gauge();
    }

    private static EnumMap<Operation, String> adapters(Service service, Asset asset) {
        EnumMap<Operation, String> adapters = new EnumMap<>(Operation.class);
        service.inventory()
                .adapters()
                .keySet()
                .forEach(operation ->
                        service.adapter(operation, asset).ifPresent(adapter -> adapters.put(operation, adapter)));
        return adapters;
    }

    /** How a name stands for a model. */
    public enum Kind {
        /** It is the engine's own name. */
        ASSET,
        /** The operator gave it. */
        ALIAS,
        /** It follows from the engine's name and is not listed, for example {@code llama3} for {@code llama3:latest}. */
        IMPLIED
    }

    /** {@return who} */
    public Service service() {
        return service;
    }

    /** {@return which of its models} */
    public Asset asset() {
        return asset;
    }

    /** {@return how the name stands for the model} */
    public Kind kind() {
        return kind;
    }

    /** {@return what the service's host is good for} */
    public Host.Status host() {
        return host;
    }

    /** {@return whether the name means it; not where engines report different weights under one name} */
    public boolean meant() {
        return meant;
    }

    /** {@return the adapter that speaks an operation for the model; null if the service does not offer it} */
    public @Nullable String adapter(Operation operation) {
        return adapters.get(operation);
    }

    /** {@return how many requests the service may be given at once; empty if nobody says} */
    public OptionalInt concurrency() {
        return concurrency;
    }

    /** {@return how many requests the engine said that it has; 0 if it does not say} */
    public int busy() {
        return busy;
    }

    /** {@return how many requests wait inside the engine, if it says} */
    public OptionalInt queueDepth() {
        return queueDepth;
    }

    /** {@return tokens of context that one request may use; the largest number if the engine does not say} */
    public long context() {
        return context;
    }

    /** {@return the operator's preference, higher first} */
    public int priority() {
        return priority;
    }

    /** {@return the operator's price, lower first} */
    public double cost() {
        return cost;
    }

    /** {@return how the service feels} */
    public ServiceHealth health() {
        return health;
    }

    /** {@return what changes about the service with every request} */
    public Gauge gauge() {
        return gauge;
    }

    /** {@return whether the service works on the requests of the queue of whoever names no other} */
    public boolean shared() {
        return shared;
    }

    /** {@return whether the service is kept for requests that have waited too long elsewhere} */
    public boolean overflow() {
        return overflow;
    }

    /** {@return how well the service serves the model} */
    public Performance performance() {
        Performance known = performance;
        if (known == null) {
            known = gauge.performance(asset.id());
            performance = known;
        }
        return known;
    }

    Offer meant(boolean isMeant) {
        return isMeant == meant ? this : new Offer(service, asset, kind, host, isMeant);
    }

    /** {@return whether both are the same model of the same service} */
    boolean isSame(Offer other) {
        return service.id().equals(other.service.id()) && asset.id().equals(other.asset.id());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Offer offer
                        && kind == offer.kind
                        && host == offer.host
                        && meant == offer.meant
                        && service.equals(offer.service)
                        && asset.equals(offer.asset));
    }

    @Override
    public int hashCode() {
        return Objects.hash(service.id(), asset.id(), kind);
    }

    @Override
    public String toString() {
        return "Offer[%s of %s as %s, %s%s]"
                .formatted(asset.id(), service.id(), kind, host, meant ? "" : ", not meant");
    }
}
