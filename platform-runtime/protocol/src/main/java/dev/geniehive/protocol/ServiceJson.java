package dev.geniehive.protocol;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Services as JSON. How a service is reached is not among it: an engine's address and key never leave its node.
 */
final class ServiceJson {
    static final int MAX_ASSETS = 4096;
    static final int MAX_ALIASES = 4096;
    private static final int MAX_WORDS = 64;

    private ServiceJson() {}

    static Json.Obj of(ServiceReport report) {
        return Json.object()
                .put("name", report.name())
                .put("engine", report.engine())
                .put("looks", report.looks())
                .put("terms", of(report.terms()))
                .put("inventory", of(report.inventory()));
    }

    static ServiceReport read(Members from) {
        return new ServiceReport(
                from.name("name"),
                from.string("engine"),
                new Reach.Link(),
                from.optionalObject("terms").map(ServiceJson::terms).orElse(Terms.NONE),
                inventory(from.object("inventory")),
                from.number("looks", 0, Long.MAX_VALUE));
    }

    private static Json of(Terms terms) {
        Json.Obj json = Json.object()
                .put("aliases", strings(terms.aliases()))
                .put("priority", terms.priority())
                .put("cost", terms.cost());
        return put(json, "max_concurrent", terms.maxConcurrent())
                .put("exposure", terms.exposure())
                .put("queues", Json.strings(terms.queues()));
    }

    private static Terms terms(Members from) {
        int priority = from.has("priority") ? (int) from.number("priority", Integer.MIN_VALUE, Integer.MAX_VALUE) : 0;
        OptionalDouble cost = from.optionalDecimal("cost");
        return new Terms(
                from.map("aliases", MAX_ALIASES),
                priority,
                cost.orElse(0),
                from.optionalInteger("max_concurrent", 1),
                from.string("exposure", Terms.NONE.exposure()),
                from.strings("queues", MAX_WORDS));
    }

    private static Json of(Inventory inventory) {
        Map<String, String> adapters = new TreeMap<>();
        inventory.adapters().forEach((operation, adapter) -> adapters.put(operation.wireName(), adapter));
        Json.Obj json = Json.object()
                .put("health", inventory.health().wireName())
                .put("reason", inventory.reason())
                .put("version", inventory.version())
                .put(
                        "assets",
                        Json.array(
                                inventory.assets().stream().map(ServiceJson::of).toList()))
                .put("adapters", strings(adapters));
        if (inventory.slots().isPresent()) {
            Slots slots = inventory.slots().get();
            json = json.put("slots", Json.object().put("total", slots.total()).put("busy", slots.busy()));
        }
        return put(json, "queue_depth", inventory.queueDepth()).put("simulated", inventory.simulated());
    }

    private static Inventory inventory(Members from) {
        return new Inventory(
                from.word(
                        "health",
                        word -> Arrays.stream(ServiceHealth.values())
                                .filter(health -> health.wireName().equals(word))
                                .findFirst(),
                        wireNames()),
                from.string("reason", ""),
                from.string("version", ""),
                from.list("assets", MAX_ASSETS, ServiceJson::asset).stream()
                        .flatMap(Optional::stream)
                        .toList(),
                adapters(from.map("adapters", MAX_WORDS)),
                from.optionalObject("slots").map(ServiceJson::slots),
                from.optionalInteger("queue_depth", 0),
                from.bool("simulated", false));
    }

    private static Slots slots(Members from) {
        int total = from.integer("total", 1);
        return new Slots(total, (int) from.number("busy", 0, total));
    }

    /** An operation that is not known here cannot be asked for here. */
    private static Map<Operation, String> adapters(Map<String, String> named) {
        Map<Operation, String> adapters = new EnumMap<>(Operation.class);
        named.forEach(
                (name, adapter) -> Operation.named(name).ifPresent(operation -> adapters.put(operation, adapter)));
        return adapters;
    }

    private static Json of(Asset asset) {
        Json.Obj json = Json.object()
                .put("id", asset.id())
                .put("loaded", asset.loaded())
                .put(
                        "operations",
                        Json.strings(asset.operations().stream()
                                .map(Operation::wireName)
                                .sorted()
                                .toList()))
                .put(
                        "abilities",
                        Json.strings(asset.abilities().stream()
                                .map(Ability::wireName)
                                .sorted()
                                .toList()));
        return put(json, "context_length", asset.contextLength())
                .putIfPresent("quantization", asset.quantization())
                .putIfPresent("size_bytes", asset.sizeBytes())
                .putIfPresent("parameters", asset.parameters());
    }

    /** {@return an asset; empty if it is for nothing but operations that are not known here} */
    private static Optional<Asset> asset(Members from) {
        List<String> offered = from.strings("operations", MAX_WORDS);
        Set<Operation> operations =
                offered.stream().flatMap(name -> Operation.named(name).stream()).collect(Collectors.toSet());
        Set<Ability> abilities = from.strings("abilities", MAX_WORDS).stream()
                .flatMap(name -> Ability.named(name).stream())
                .collect(Collectors.toSet());
        String id = from.string("id");
        if (id.isBlank()) {
            throw from.invalid("'%s' must be a name, was blank.".formatted(from.path("id")), from.path("id"));
        }
        Asset asset = new Asset(
                id,
                from.bool("loaded", false),
                operations,
                abilities,
                from.optionalInteger("context_length", 0),
                from.optionalString("quantization"),
                from.optionalNumber("size_bytes", 0),
                from.optionalNumber("parameters", 0));
        return operations.isEmpty() && !offered.isEmpty() ? Optional.empty() : Optional.of(asset);
    }

    static Json.Obj strings(Map<String, String> map) {
        Json.Obj json = Json.object();
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            json = json.put(entry.getKey(), entry.getValue());
        }
        return json;
    }

    private static Json.Obj put(Json.Obj json, String name, OptionalInt value) {
        return value.isPresent() ? json.put(name, value.getAsInt()) : json;
    }

    private static String wireNames() {
        return Stream.of(ServiceHealth.values()).map(ServiceHealth::wireName).collect(Collectors.joining(", "));
    }
}
