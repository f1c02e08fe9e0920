package dev.geniehive.control.hive;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.Assignment;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Map<String, Suspicion> suspicions = new HashMap<>();
    private final Set<String> doubtful = new HashSet<>();
    private final Map<String, Long> looks = new HashMap<>();
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile HiveSnapshot snapshot = HiveSnapshot.EMPTY;

    /** What a request found out about a service after it was last looked at. */
    private record Suspicion(ServiceHealth health, String reason, long looksThen) {}

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

    /** Has somebody called after every change, on the thread that made it; it must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Makes a node known, or known again. */
    public Assignment register(Registration registration) {
        String id = registration.nodeId().orElse(registration.name());
        change(hosts -> {
            heardAt.put(id, ticker.nanos());
            Host known = hosts.get(id);
            List<Service> services = known == null ? List.of() : known.services();
            hosts.put(
                    id,
                    new Host(
                            id,
                            registration.name(),
                            true,
                            clock.instant(),
                            registration.labels(),
                            registration.platform(),
                            services));
            return hosts;
        });
        log.info("Host {} registered: {}", id, registration.platform());
        return new Assignment(id, heartbeatInterval, lostAfter);
    }

    /**
     * Takes in what a node has.
     *
     * @throws GenieException if nobody knows the node
     */
    public HeartbeatAnswer report(Heartbeat heartbeat) {
        String id = heartbeat.nodeId();
        change(hosts -> {
            Host host = hosts.get(id);
            if (host == null) {
                throw new GenieException(
                        ErrorKind.NOT_FOUND, "No host is called '%s' here. Register again.".formatted(id));
            }
            heardAt.put(id, ticker.nanos());
            List<Service> services = heartbeat.services().stream()
                    .map(report -> service(host, report))
                    .toList();
            hosts.put(id, host.with(true, clock.instant(), services));
            return hosts;
        });
        return new HeartbeatAnswer(heartbeatInterval, suspected(id));
    }

    /** Takes note that a request found a service otherwise than reported. It holds until somebody has looked again. */
    public void suspect(String serviceId, ServiceHealth health, String reason) {
        change(hosts -> {
            Service service = snapshot.services().get(serviceId);
            if (service == null) {
                return hosts;
            }
            suspicions.put(serviceId, new Suspicion(health, reason, looks.getOrDefault(serviceId, 0L)));
            Host host = hosts.get(service.host());
            if (host != null) {
                hosts.put(host.id(), host.with(host.online(), host.lastSeen(), doubting(host, serviceId)));
            }
            return hosts;
        });
    }

    /** Has a service looked at soon: a request found something that was not reported, and nothing wrong in general. */
    public void lookAgain(String serviceId) {
        writing.lock();
        try {
            doubtful.add(serviceId);
        } finally {
            writing.unlock();
        }
    }

    /** Looks which hosts have not been heard of for too long. Called about once a second. */
    public void sweep() {
        long now = ticker.nanos();
        boolean somebodyIsLate = snapshot.hosts().values().stream().anyMatch(host -> host.online() && late(host, now));
        if (somebodyIsLate) {
            change(hosts -> {
                hosts.replaceAll((id, host) -> {
                    if (!host.online() || !late(host, now)) {
                        return host;
                    }
                    log.warn("Host {} is lost: not heard of for {}", id, lostAfter);
                    return host.with(false, host.lastSeen(), host.services());
                });
                return hosts;
            });
        }
    }

    private boolean late(Host host, long now) {
        return now - heardAt.getOrDefault(host.id(), now) > lostAfter.toNanos();
    }

    private Service service(Host host, ServiceReport report) {
        String id = host.id() + "/" + report.name();
        looks.put(id, report.looks());
        Suspicion suspicion = suspicions.get(id);
        if (suspicion != null && report.looks() > suspicion.looksThen()) {
            suspicions.remove(id);
            suspicion = null;
        }
        ServiceHealth health = suspicion == null ? report.inventory().health() : suspicion.health();
        String reason = suspicion == null ? report.inventory().reason() : suspicion.reason();
        Service before = snapshot.services().get(id);
        Instant since = before != null && before.health() == health ? before.since() : clock.instant();
        if (before == null || before.health() != health) {
            log.info("Service {} is {}{}", id, health.wireName(), reason.isEmpty() ? "" : ": " + reason);
        }
        Gauge gauge = gauges.computeIfAbsent(id, unknown -> new Gauge());
        return new Service(
                id,
                host.id(),
                report.name(),
                report.engine(),
                report.reach(),
                report.terms(),
                report.inventory(),
                health,
                reason,
                since,
                gauge);
    }

    private List<Service> doubting(Host host, String serviceId) {
        Suspicion suspicion = suspicions.get(serviceId);
        return host.services().stream()
                .map(service -> service.id().equals(serviceId) && suspicion != null
                        ? service.feeling(suspicion.health(), suspicion.reason(), clock.instant())
                        : service)
                .toList();
    }

    private Set<String> suspected(String hostId) {
        writing.lock();
        try {
            String prefix = hostId + "/";
            Set<String> names = Stream.concat(suspicions.keySet().stream(), doubtful.stream())
                    .filter(id -> id.startsWith(prefix))
                    .map(id -> id.substring(prefix.length()))
                    .collect(Collectors.toUnmodifiableSet());
            doubtful.removeIf(id -> id.startsWith(prefix));
            return names;
        } finally {
            writing.unlock();
        }
    }

    private void change(UnaryOperator<SortedMap<String, Host>> step) {
        writing.lock();
        try {
            HiveSnapshot before = snapshot;
            SortedMap<String, Host> hosts = step.apply(new TreeMap<>(before.hosts()));
            snapshot = HiveSnapshot.of(before.version() + 1, hosts, firstSeen(before, hosts));
            Set<String> known = hosts.values().stream()
                    .flatMap(host -> host.services().stream())
                    .map(Service::id)
                    .collect(Collectors.toSet());
            gauges.keySet().retainAll(known);
            looks.keySet().retainAll(known);
            suspicions.keySet().retainAll(known);
        } finally {
            writing.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    private Map<String, Instant> firstSeen(HiveSnapshot before, SortedMap<String, Host> hosts) {
        Map<String, Instant> seen = new HashMap<>();
        for (Host host : hosts.values()) {
            for (Service service : host.services()) {
                service.inventory().assets().forEach(asset -> seen.put(asset.id(), clock.instant()));
                service.terms().aliases().keySet().forEach(alias -> seen.put(alias, clock.instant()));
            }
        }
        seen.replaceAll((name, now) -> before.firstSeen().getOrDefault(name, now));
        return seen;
    }
}
