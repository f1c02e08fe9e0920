package dev.geniehive.control.routing;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.Gauge;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.hive.performance.Trails;
import dev.geniehive.kernel.config.Units;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.Telemetry;
import dev.geniehive.protocol.Terms;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The hive of a routing case: a real one, with the clock held. */
final class CaseFleet {
    private static final Set<String> HOST = Set.of("memory", "status", "gpu", "round_trip_ms");
    private static final Set<String> SERVICE = Set.of(
            "models",
            "aliases",
            "operations",
            "adapter",
            "health",
            "reason",
            "priority",
            "cost",
            "exposure",
            "slots",
            "busy",
            "queue_depth",
            "in_flight",
            "ttft_ms",
            "tokens_per_second",
            "failures",
            "lately",
            "chosen",
            "had",
            "queues",
            "max_concurrent");
    private static final Set<String> LATELY = Set.of("failed", "of");
    private static final Set<String> HAD = Set.of("session", "request");
    private static final Set<String> MODEL =
            Set.of("loaded", "operations", "abilities", "context", "quantization", "size", "parameters");

    private static final double NANOS = 1e6;

    private final HeldHive held = new HeldHive();
    private final String where;

    private CaseFleet(String where) {
        this.where = where;
    }

    static CaseFleet of(String where, Json hosts, Json services) {
        CaseFleet fleet = new CaseFleet(where);
        members(services).keySet().stream()
                .map(CaseFleet::host)
                .distinct()
                .filter(host -> !members(hosts).containsKey(host))
                .forEach(host -> fleet.register(host, Json.object()));
        members(hosts).forEach(fleet::register);
        Set<String> lost = fleet.having(hosts, "lost");
        members(services).forEach(fleet::report);
        if (!lost.isEmpty()) {
            fleet.held.after(HeldHive.LOST_AFTER.plusSeconds(1));
            members(services).forEach((id, service) -> {
                if (!lost.contains(host(id))) {
                    fleet.report(id, service);
                }
            });
            fleet.held.sweep();
        }
        fleet.having(hosts, "draining").forEach(host -> fleet.held.hive().drain(host, true));
        members(hosts).forEach(fleet::measure);
        fleet.held.sweep();
        members(services).forEach(fleet::gauge);
        fleet.choose(services);
        return fleet;
    }

    /** Services get the requests that they had, as far as trails tell who knows what. */
    void had(Json services, Trails trails) {
        members(services).forEach((id, service) -> {
            Json had = service.get("had");
            RoutingCase.known(where, had, HAD);
            if (!had.equals(Json.nothing())) {
                String session = had.get("session").asString().orElse("");
                byte[] body = had.get("request").toString().getBytes(StandardCharsets.UTF_8);
                Trail trail = trails.of(RoutingCase.CLIENT, session, () -> new ByteArrayInputStream(body));
                performances(id).forEach(performance -> {
                    trail.match(performance); // nothing is kept where nobody asks
                    trail.leadsTo(performance);
                });
            }
        });
    }

    private void measure(String host, Json about) {
        about.get("round_trip_ms").asDouble().ifPresent(millis -> held.away(host, millis));
        about.get("gpu")
                .asDouble()
                .ifPresent(share -> held.hive()
                        .report(new Heartbeat(
                                host,
                                1,
                                Optional.empty(),
                                Optional.of(new Telemetry(
                                        OptionalDouble.empty(),
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        OptionalDouble.of(share))),
                                List.of())));
    }

    /** The one with the smallest number was chosen first. */
    private void choose(Json services) {
        members(services).entrySet().stream()
                .filter(service -> number(service.getValue(), "chosen").isPresent())
                .sorted(Comparator.comparingInt(
                        service -> number(service.getValue(), "chosen").getAsInt()))
                .forEach(service -> performances(service.getKey()).forEach(Performance::chosen));
    }

    private List<Performance> performances(String id) {
        Service service = held.now().services().get(id);
        return service == null
                ? List.of()
                : service.inventory().assets().stream()
                        .map(asset -> service.gauge().performance(asset.id()))
                        .toList();
    }

    private void learn(Performance performance, Json service) {
        service.get("ttft_ms").asDouble().ifPresent(millis -> performance.firstToken(Math.round(millis * NANOS)));
        service.get("tokens_per_second")
                .asDouble()
                .ifPresent(rate -> performance.wrote(101, Math.round(100 * 1000 * NANOS / rate)));
        Json lately = service.get("lately");
        RoutingCase.known(where, lately, LATELY);
        int failed = number(lately, "failed").orElse(0);
        for (int i = 0; i < number(lately, "of").orElse(0); i++) {
            if (i < failed) {
                performance.failed();
            } else {
                performance.succeeded();
            }
        }
    }

    /** So much time passes in which nobody says anything, and nobody is missed. */
    void after(Duration time) {
        held.after(time);
    }

    HiveSnapshot now() {
        return held.now();
    }

    private Set<String> having(Json hosts, String status) {
        Set<String> names = new TreeSet<>();
        members(hosts).forEach((host, about) -> {
            if (about.get("status").asString().orElse("").equals(status)) {
                names.add(host);
            }
        });
        return names;
    }

    private void register(String host, Json about) {
        RoutingCase.known(where, about, HOST);
        long memory = about.get("memory").asString().map(Units::bytes).orElse(0L);
        held.hive()
                .register(new Registration(
                        Optional.empty(), host, "", "0", Map.of(), new Platform("Linux 6", "amd64", 8, memory)));
    }

    private void report(String id, Json service) {
        held.has(id, inventory(service), terms(service));
    }

    private Inventory inventory(Json service) {
        RoutingCase.known(where, service, SERVICE);
        Json models = service instanceof Json.Arr ? service : service.get("models");
        List<Asset> assets = new ArrayList<>();
        models.items().forEach(name -> assets.add(Asset.loaded(name.asString().orElseThrow())));
        members(models).forEach((name, about) -> assets.add(asset(name, about)));
        Map<Operation, String> adapters = new EnumMap<>(Operation.class);
        operations(service.get("operations"), "chat")
                .forEach(operation -> adapters.put(
                        operation, service.get("adapter").asString().orElse("openai")));
        return new Inventory(
                health(service),
                service.get("reason").asString().orElse(""),
                "1",
                assets,
                adapters,
                number(service, "slots").isPresent()
                        ? Optional.of(new Slots(
                                number(service, "slots").getAsInt(),
                                number(service, "busy").orElse(0)))
                        : Optional.empty(),
                number(service, "queue_depth"),
                false);
    }

    private Asset asset(String name, Json about) {
        RoutingCase.known(where, about, MODEL);
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        about.get("abilities")
                .items()
                .forEach(ability -> abilities.add(
                        Ability.named(ability.asString().orElseThrow()).orElseThrow()));
        boolean loaded = about.get("loaded").asBoolean().orElse(true);
        return (loaded ? Asset.loaded(name) : Asset.installed(name))
                .offering(operations(about.get("operations"), ""))
                .able(abilities)
                .context(about.get("context").asLong().orElse(0))
                .quantized(about.get("quantization").asString().orElse(""))
                .sized(about.get("size").asString().map(Units::bytes).orElse(0L), (long)
                        about.get("parameters").asDouble().orElse(0));
    }

    private static Set<Operation> operations(Json names, String otherwise) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        names.items()
                .forEach(name -> operations.add(
                        Operation.named(name.asString().orElseThrow()).orElseThrow()));
        if (operations.isEmpty()) {
            Operation.named(otherwise).ifPresent(operations::add);
        }
        return operations;
    }

    private static ServiceHealth health(Json service) {
        String name = service.get("health").asString().orElse("healthy").toUpperCase(Locale.ROOT);
        return Arrays.stream(ServiceHealth.values())
                .filter(health -> health.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Terms terms(Json service) {
        Map<String, String> aliases = new LinkedHashMap<>();
        members(service.get("aliases"))
                .forEach((alias, model) -> aliases.put(alias, model.asString().orElseThrow()));
        List<String> queues = service.get("queues").items().stream()
                .map(name -> name.asString().orElseThrow())
                .toList();
        return new Terms(
                aliases,
                number(service, "priority").orElse(0),
                service.get("cost").asDouble().orElse(0),
                number(service, "max_concurrent"),
                service.get("exposure").asString().orElse("lan"),
                queues.isEmpty() ? List.of(Terms.SHARED_QUEUE) : queues);
    }

    private void gauge(String id, Json service) {
        if (!held.now().services().containsKey(id)) {
            return;
        }
        Gauge gauge = held.service(id).gauge();
        for (int i = 0; i < number(service, "in_flight").orElse(0); i++) {
            gauge.tryTake(OptionalInt.empty());
        }
        for (int i = 0; i < number(service, "failures").orElse(0); i++) {
            gauge.breaker().failed();
        }
        performances(id).forEach(performance -> learn(performance, service));
    }

    private static OptionalInt number(Json object, String name) {
        return object.get(name).asLong().isPresent()
                ? OptionalInt.of((int) object.get(name).asLong().getAsLong())
                : OptionalInt.empty();
    }

    private static Map<String, Json> members(Json json) {
        return json instanceof Json.Obj object ? object.members() : Map.of();
    }

    private static String host(String id) {
        return id.substring(0, id.indexOf('/'));
    }
}
