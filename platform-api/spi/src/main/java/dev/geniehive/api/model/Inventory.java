package dev.geniehive.api.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one engine said about itself at one moment.
 *
 * @param health how it feels
 * @param reason one sentence why, for a person; empty when healthy
 * @param version the engine's own version, empty if it does not say
 * @param assets the models it can serve from its own disk; a model that the engine would fetch from elsewhere, or
 *     pass on to somebody else's machine, is never among them
 * @param adapters which provider adapter speaks each operation that the engine offers
 * @param slots how many requests it works on at once, if it says
 * @param queueDepth how many requests wait inside the engine, if it says
 * @param simulated whether the answers are made up; shown wherever the service shows
 */
public record Inventory(
        ServiceHealth health,
        String reason,
        String version,
        List<Asset> assets,
        Map<Operation, String> adapters,
        Optional<Slots> slots,
        OptionalInt queueDepth,
        boolean simulated) {
    public Inventory {
        assets = List.copyOf(assets);
        adapters = Map.copyOf(adapters);
    }

    /** {@return the inventory of a healthy engine that says nothing about slots and queue} */
    public static Inventory healthy(String version, List<Asset> assets, Map<Operation, String> adapters) {
        return new Inventory(
                ServiceHealth.HEALTHY, "", version, assets, adapters, Optional.empty(), OptionalInt.empty(), false);
    }

    /** {@return the inventory of an engine that cannot serve now} */
    public static Inventory without(ServiceHealth health, String reason) {
        return new Inventory(health, reason, "", List.of(), Map.of(), Optional.empty(), OptionalInt.empty(), false);
    }

    /** {@return the inventory of an engine that is there and not well, or not to be used as it is} */
    public static Inventory unhealthy(String reason) {
        return without(ServiceHealth.UNHEALTHY, reason);
    }

    /** {@return the same inventory with what the engine says about its load} */
    public Inventory load(Optional<Slots> taken, OptionalInt waiting) {
        return new Inventory(health, reason, version, assets, adapters, taken, waiting, simulated);
    }
}
