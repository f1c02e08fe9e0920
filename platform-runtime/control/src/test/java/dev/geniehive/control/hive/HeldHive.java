package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A hive whose clocks stand still until the test moves them, and whose hosts report what the test says. */
public final class HeldHive {
    public static final Duration INTERVAL = Duration.ofSeconds(1);
    public static final Duration LOST_AFTER = Duration.ofSeconds(5);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final Hive hive = new Hive(nanos::get, () -> START.plusNanos(nanos.get()), INTERVAL, LOST_AFTER);
    private final Map<String, Integer> connections = new HashMap<>();
    private final Map<String, Double> roundTrips = new HashMap<>();
    private final List<String> nudged = new CopyOnWriteArrayList<>();
    private final Links links = new HeldLinks();
    private final Map<String, ServiceReport> reports = new TreeMap<>();

    public Hive hive() {
        return hive;
    }

    public HiveSnapshot now() {
        return hive.snapshot();
    }

    public long nanos() {
        return nanos.get();
    }

    public Instant instant() {
        return START.plusNanos(nanos.get());
    }

    /** Lets time pass. */
    public HeldHive after(Duration time) {
        nanos.addAndGet(time.toNanos());
        return this;
    }

    /** {@return who is lost since now, as far as silence alone tells} */
    public Set<String> sweep() {
        return hive.sweep(links);
    }

    /** So many connections does a host have from now on. */
    public HeldHive linked(String host, int count) {
        connections.put(host, count);
        return this;
    }

    /** So far away is a host from now on, in milliseconds there and back. */
    public HeldHive away(String host, double millis) {
        roundTrips.put(host, millis);
        return this;
    }

    /** A host reports a healthy service with one slot of concurrency unknown, that has these models loaded. */
    public HeldHive serves(String id, String... assets) {
        return has(id, serving(assets), Terms.NONE);
    }

    /** A host has looked at a service and reports it. */
    public HeldHive has(String id, Inventory inventory, Terms terms) {
        String host = host(id);
        if (!hive.snapshot().host(host).isPresent()) {
            register(host);
        }
        look(id, inventory, terms);
        beat(host);
        return this;
    }

    /** A host looks at a service, and does not report it yet. */
    public void look(String id, Inventory inventory, Terms terms) {
        ServiceReport before = reports.get(id);
        reports.put(id, report(id, inventory, terms, before == null ? 1 : before.looks() + 1));
    }

    /** A service is not there any more; reported with the next beat. */
    public void drop(String id) {
        reports.remove(id);
    }

    /** The node of a service starts anew: its looks are counted from the start. */
    public void restart(String id, Inventory inventory) {
        reports.put(id, report(id, inventory, Terms.NONE, 1));
    }

    public HeartbeatAnswer beat(String host) {
        List<ServiceReport> services = new ArrayList<>();
        reports.forEach((id, report) -> {
            if (host(id).equals(host)) {
                services.add(report);
            }
        });
        return hive.report(Heartbeat.full(host, 1, services));
    }

    public void register(String host) {
        hive.register(new Registration(
                Optional.empty(), host, "", "0", Map.of("zone", "attic"), new Platform("Linux 6", "amd64", 8, 1024)));
    }

    /** {@return a service as it is now} */
    public Service service(String id) {
        return hive.snapshot().service(id).orElseThrow();
    }

    /** {@return a host as it is now} */
    public Host known(String id) {
        return hive.snapshot().host(id).orElseThrow();
    }

    public static Inventory serving(String... assets) {
        return Inventory.healthy(
                "1.0",
                Arrays.stream(assets).map(Asset::loaded).toList(),
                Map.of(Operation.CHAT, "openai", Operation.EMBEDDING, "openai"));
    }

    public static Inventory having(Asset... assets) {
        return Inventory.healthy("1.0", List.of(assets), Map.of(Operation.CHAT, "openai"));
    }

    /** {@return the same inventory, but for how the service feels} */
    public static Inventory feeling(Inventory inventory, ServiceHealth health, String reason) {
        return new Inventory(
                health,
                reason,
                inventory.version(),
                inventory.assets(),
                inventory.adapters(),
                inventory.slots(),
                inventory.queueDepth(),
                inventory.simulated());
    }

    public static Inventory slots(Inventory inventory, int total, int busy) {
        return inventory.load(Optional.of(new Slots(total, busy)), OptionalInt.empty());
    }

    public static Terms cost(double cost) {
        return new Terms(Map.of(), 0, cost, OptionalInt.empty(), "lan");
    }

    public static Terms alias(String alias, String target) {
        return new Terms(Map.of(alias, target), 0, 0, OptionalInt.empty(), "lan");
    }

    public static Terms atMost(int requests) {
        return new Terms(Map.of(), 0, 0, OptionalInt.of(requests), "lan");
    }

    private static ServiceReport report(String id, Inventory inventory, Terms terms, long looks) {
        return new ServiceReport(
                id.substring(id.indexOf('/') + 1),
                "llamacpp",
                new Reach.Direct(URI.create("http://127.0.0.1:1"), Optional.empty()),
                terms,
                inventory,
                looks);
    }

    /** The links of the hosts, as the test says. */
    public Links links() {
        return links;
    }

    /** {@return the hosts that were asked for a heartbeat} */
    public List<String> nudged() {
        return nudged;
    }

    private final class HeldLinks implements Links {
        @Override
        public int connections(String node) {
            return connections.getOrDefault(node, 0);
        }

        @Override
        public double roundTripMillis(String node) {
            return roundTrips.getOrDefault(node, 0.0);
        }

        @Override
        public void nudge(String node) {
            nudged.add(node);
        }

        @Override
        public void cut(String node, String why) {
            connections.remove(node);
        }
    }

    private static String host(String id) {
        return id.substring(0, id.indexOf('/'));
    }
}
