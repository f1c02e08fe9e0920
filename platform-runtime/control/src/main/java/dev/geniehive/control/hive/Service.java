package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Terms;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One engine on one host.
 *
 * @param id {@code HOST/NAME}
 * @param host the host's id
 * @param name unique on its host
 * @param engine the engine plugin that knows it
 * @param reach how to get to it
 * @param terms what the operator said about it
 * @param inventory what it said about itself
 * @param health how it feels: what it says, or what a request found out since
 * @param reason one sentence why; empty when healthy
 * @param since since when it has felt so, by the wall clock; for people
 * @param gauge what changes with every request
 */
public record Service(
        String id,
        String host,
        String name,
        String engine,
        Reach reach,
        Terms terms,
        Inventory inventory,
        ServiceHealth health,
        String reason,
        Instant since,
        Gauge gauge) {
    /** {@return how many requests it may be given at once; empty if nobody says} */
    public OptionalInt concurrency() {
        return terms.maxConcurrent().isPresent()
                ? terms.maxConcurrent()
                : inventory.slots().map(Slots::total).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** {@return the adapter that speaks an operation for an asset of this service, if it offers the operation} */
    public Optional<String> adapter(Operation operation, Asset asset) {
        boolean offered = asset.operations().isEmpty() || asset.operations().contains(operation);
        return offered ? Optional.ofNullable(inventory.adapters().get(operation)) : Optional.empty();
    }

    Service feeling(ServiceHealth felt, String why, Instant from) {
        return new Service(id, host, name, engine, reach, terms, inventory, felt, why, from, gauge);
    }
}
