package dev.geniehive.control.hive;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of who is there. Liveness is derived from the monotonic clock of this process, never from what a node
 * says about time. Safe for use by many threads at once.
 */
public final class Hive {
    private static final Logger log = LoggerFactory.getLogger(Hive.class);

    private final Ticker ticker;
    private final InstantSource clock;
    private final Duration heartbeatInterval;
    private final Duration lostAfter;
    private final ReentrantLock writing = new ReentrantLock();
    private final Map<String, Long> heardAt = new HashMap<>();
    private final Map<String, Gauge> gauges = new HashMap<>();
    private final Doubts doubts = new Doubts();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile HiveSnapshot snapshot = HiveSnapshot.EMPTY;

    public Hive(Ticker ticker, InstantSource clock, Duration heartbeatInterval, Duration lostAfter) {
        this.ticker = ticker;
        this.clock = clock;
        this.heartbeatInterval = heartbeatInterval;
        this.lostAfter = lostAfter;
    }

    /** {@return the hive as it is now} */
    public HiveSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Has somebody called after every change, on the thread that made it; it must be quick. That a node was heard of and
     * said the same as before is no change.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Makes a node known, or known again. */
    public Assignment register(Registration registration) {
        String id = registration.nodeId().orElse(registration.name());
        change(hosts -> {
            heardAt.put(id, ticker.nanos());
            Host known = hosts.get(id);
            hosts.put(
                    id,
                    new Host(
                            id,
                            registration.name(),
                            true,
                            clock.instant(),
                            registration.labels(),
                            registration.platform(),
                            known == null ? List.of() : known.services()));
        });
        log.info("Host {} registered: {}", id, registration.platform());
        return new Assignment(id, Optional.empty(), heartbeatInterval, heartbeatInterval, lostAfter, "");
    }

    /**
     * Takes in what a node has.
     *
     * @throws GenieException if nobody knows the node
     */
    public HeartbeatAnswer report(Heartbeat heartbeat) {
        String id = heartbeat.nodeId();
        Set<String> lookAgain = new HashSet<>();
        change(hosts -> {
            Host host = hosts.get(id);
            if (host == null) {
                throw new GenieException(
                        ErrorKind.NOT_FOUND, "No host is called '%s' here. Register again.".formatted(id));
            }
            heardAt.put(id, ticker.nanos());
            if (!host.online()) {
                log.info("Host {} is back", id);
            }
            List<Service> services = heartbeat
                    .services()
                    .map(reports -> reports.stream()
                            .map(report -> service(host, report))
                            .toList())
                    .orElse(host.services());
            hosts.put(id, host.with(true, clock.instant(), services));
            lookAgain.addAll(doubts.handOut(id));
        });
        return new HeartbeatAnswer(heartbeatInterval, false, List.of(new Directive.Look("look", lookAgain)), List.of());
    }

    /** Takes note that a request found a service otherwise than reported. It holds until somebody has looked again. */
    public void suspect(String serviceId, ServiceHealth health, String reason) {
        change(hosts -> {
            Service service = snapshot.services().get(serviceId);
            Host host = service == null ? null : hosts.get(service.host());
            if (service != null && host != null) {
                doubts.suspect(serviceId, health, reason);
                Service doubted =
                        service.feeling(health, reason, since(Optional.of(service), serviceId, health, reason));
                hosts.put(
                        host.id(),
                        host.with(
                                host.online(),
                                host.lastSeen(),
                                host.services().stream()
                                        .map(one -> one.id().equals(serviceId) ? doubted : one)
                                        .toList()));
            }
        });
    }

    /** Has a service looked at soon: a request found something that was not reported, and nothing wrong in general. */
    public void lookAgain(String serviceId) {
        writing.lock();
        try {
            if (snapshot.services().containsKey(serviceId)) {
                doubts.lookAgain(serviceId);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Looks which hosts have not been heard of for too long. Called about once a second. */
    public void sweep() {
        change(hosts -> {
            long now = ticker.nanos();
            hosts.replaceAll((id, host) -> {
                if (!host.online() || now - heardAt.getOrDefault(id, now) <= lostAfter.toNanos()) {
                    return host;
                }
                log.warn("Host {} is lost: not heard of for {}", id, lostAfter);
                return host.with(false, host.lastSeen(), host.services());
            });
        });
    }

    private Service service(Host host, ServiceReport report) {
        String id = host.id() + "/" + report.name();
        Inventory inventory = report.inventory();
        Optional<Doubts.Suspicion> suspicion = doubts.lookedAt(id, report.looks());
        ServiceHealth health = suspicion.map(Doubts.Suspicion::health).orElse(inventory.health());
        String reason = suspicion.map(Doubts.Suspicion::reason).orElse(inventory.reason());
        Optional<Service> before =
                host.services().stream().filter(one -> one.id().equals(id)).findFirst();
        return new Service(
                id,
                host.id(),
                report.name(),
                report.engine(),
                report.reach(),
                report.terms(),
                inventory,
                health,
                reason,
                since(before, id, health, reason),
                gauges.computeIfAbsent(id, unknown -> new Gauge(ticker)));
    }

    /** {@return since when a service has felt so; a change is logged} */
    private Instant since(Optional<Service> before, String id, ServiceHealth health, String reason) {
        if (before.isPresent() && before.get().health() == health) {
            return before.get().since();
        }
        log.info("Service {} is {}{}", id, health.wireName(), reason.isEmpty() ? "" : ": " + reason);
        return clock.instant();
    }

    private void change(Consumer<SortedMap<String, Host>> step) {
        boolean changed;
        writing.lock();
        try {
            HiveSnapshot before = snapshot;
            SortedMap<String, Host> hosts = new TreeMap<>(before.hosts());
            step.accept(hosts);
            changed = before.differsFrom(hosts);
            if (changed) {
                snapshot = HiveSnapshot.of(before.version() + 1, hosts, firstSeen(before, hosts));
                forgetWhatIsGone(hosts);
            } else {
                snapshot = before.heardOf(hosts);
            }
        } finally {
            writing.unlock();
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    /** A service that comes back while requests are still on it finds its gauge, and its limit holds. */
    private void forgetWhatIsGone(SortedMap<String, Host> hosts) {
        Set<String> known = hosts.values().stream()
                .flatMap(host -> host.services().stream())
                .map(Service::id)
                .collect(Collectors.toSet());
        gauges.entrySet()
                .removeIf(gauge ->
                        !known.contains(gauge.getKey()) && gauge.getValue().inFlight() == 0);
        doubts.retain(known);
    }

    private Map<String, Instant> firstSeen(HiveSnapshot before, SortedMap<String, Host> hosts) {
        Instant now = clock.instant();
        Map<String, Instant> seen = new HashMap<>();
        for (Host host : hosts.values()) {
            for (Service service : host.services()) {
                service.inventory().assets().forEach(asset -> seen.put(asset.id(), now));
                service.terms().aliases().keySet().forEach(alias -> seen.put(alias, now));
            }
        }
        seen.replaceAll((name, first) -> before.firstSeen().getOrDefault(name, first));
        return seen;
    }
}
