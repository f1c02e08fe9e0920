package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.DirectiveResult;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of who is there. Liveness is derived from the monotonic clock of this process, never from what a node
 * says about time. Safe for use by many threads at once.
 *
 * <p>A heartbeat that says nothing new takes no lock and costs the same however large the hive is.
 */
public final class Hive {
    private static final Logger log = LoggerFactory.getLogger(Hive.class);

    /** A sweep that comes so much too late tells that this process stood still, and so heard of nobody. */
    private static final Duration STOOD_STILL = Duration.ofSeconds(2);

    private final Ticker ticker;
    private final InstantSource clock;
    private final Pacing pacing;
    private final ReentrantLock writing = new ReentrantLock();
    private final Condition told = writing.newCondition();
    private final Map<String, Presence> presences = new ConcurrentHashMap<>();
    private final Map<String, Gauge> gauges = new HashMap<>();
    private final Doubts doubts = new Doubts();
    private final Wishes wishes;
    private final AtomicLong registered = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile HiveSnapshot snapshot = HiveSnapshot.EMPTY;
    private volatile Optional<MassSilence> massSilence = Optional.empty();
    private Optional<Long> sweptAt = Optional.empty();

    /**
     * Many hosts fell silent at once.
     *
     * @param hosts their ids
     * @param since when that was first seen
     * @param patience after how much silence they count as lost nevertheless
     */
    public record MassSilence(Set<String> hosts, Instant since, Duration patience) {}

    public Hive(Ticker ticker, InstantSource clock, Duration heartbeatInterval, Duration lostAfter) {
        this.ticker = ticker;
        this.clock = clock;
        this.pacing = new Pacing(heartbeatInterval, lostAfter);
        this.wishes = new Wishes("w%s-".formatted(Long.toString(clock.instant().toEpochMilli(), 36)));
    }

    /** {@return the hive as it is now} */
    public HiveSnapshot snapshot() {
        return snapshot;
    }

    /** {@return when a host was last heard of, by the wall clock; for people} */
    public Instant lastSeen(String host) {
        Presence presence = presences.get(host);
        return presence == null ? Instant.EPOCH : presence.lastSeen();
    }

    /** {@return how a host feels, if it said so} */
    public Optional<Telemetry> telemetry(String host) {
        return Optional.ofNullable(presences.get(host)).flatMap(Presence::telemetry);
    }

    /** {@return the hosts that are silent and not counted as lost, because so many are at once} */
    public Optional<MassSilence> massSilence() {
        return massSilence;
    }

    /**
     * Has somebody called after every change, on the thread that made it; it must be quick. That a node was heard of and
     * said the same as before is no change.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Takes in hosts that were known when this process ended the last time. They are lost until they report. */
    public void restore(Collection<Remembered> hosts, Collection<Learned> learned) {
        change(known -> hosts.forEach(host -> {
            presences.put(host.id(), new Presence(ticker.nanos(), host.lastSeen()));
            Host bare = Host.of(host.id(), host.said(), false, host.draining(), List.of());
            known.put(
                    host.id(),
                    bare.with(
                            false,
                            host.services().stream()
                                    .map(report -> service(bare, report))
                                    .toList()));
        }));
        writing.lock();
        try {
            for (Learned one : learned) {
                Gauge gauge = gauges.get(one.service());
                if (gauge != null) {
                    gauge.performance(one.model()).remember(one.numbers(), one.age());
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** {@return how well services serve their models, by service and model; also of hosts that are lost} */
    public Map<String, Map<String, Performance>> performances() {
        writing.lock();
        try {
            Map<String, Map<String, Performance>> all = new HashMap<>();
            gauges.forEach((id, gauge) -> all.put(id, gauge.performances()));
            return all;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Makes a node known, or known again. One that was lost is back with its first report, not before: what it had may
     * be gone.
     */
    public Assignment register(Registration registration) {
        String id = registration.nodeId().orElse(registration.name());
        change(hosts -> {
            presence(id).heard(ticker.nanos(), clock.instant());
            presence(id).holds(Presence.NO_REPORT);
            Host known = hosts.get(id);
            hosts.put(
                    id,
                    known == null
                            ? Host.of(id, registration, true, false, List.of())
                            : Host.of(id, registration, known.online(), known.draining(), known.services()));
        });
        log.info("Host {} registered: {}", id, registration.platform());
        Pacing now = pacing();
        return new Assignment(
                id, Optional.empty(), now.interval(), now.first(registered.getAndIncrement()), now.lostAfter(), "");
    }

    /**
     * Takes in what a node has.
     *
     * @throws GenieException if nobody knows the node
     */
    public HeartbeatAnswer report(Heartbeat heartbeat) {
        String id = heartbeat.nodeId();
        Presence presence = presences.get(id);
        Host host = snapshot.hosts().get(id);
        if (presence == null || host == null) {
            throw unknown(id);
        }
        presence.heard(ticker.nanos(), clock.instant());
        heartbeat.telemetry().ifPresent(telemetry -> {
            presence.feels(telemetry);
            host.services().forEach(service -> service.gauge().gpu(telemetry.gpuUtilization()));
        });
        boolean held = presence.generation() == heartbeat.generation();
        if (heartbeat.services().isPresent()) {
            takeIn(heartbeat, presence);
        } else if (held && !host.online()) {
            back(id);
        }
        boolean resend = heartbeat.services().isEmpty() && !held;
        if (!presence.wanted() && heartbeat.results().isEmpty()) {
            return new HeartbeatAnswer(pacing().interval(), resend, List.of(), List.of());
        }
        return withWishes(heartbeat, presence, resend);
    }

    /** Bytes of a node came on another way than its heartbeats. One that is lost stays so until it reports. */
    public void heard(String node) {
        Presence presence = presences.get(node);
        if (presence != null) {
            presence.heard(ticker.nanos(), clock.instant());
        }
    }

    /** Gives a host no new requests, or gives it some again. {@return whether there is such a host} */
    public boolean drain(String id, boolean draining) {
        return replace(id, host -> host.draining(draining));
    }

    /** Forgets a host and all that it served. {@return whether there was such a host} */
    public boolean remove(String id) {
        boolean known = snapshot.hosts().containsKey(id);
        change(hosts -> {
            hosts.remove(id);
            presences.remove(id);
            wishes.forget(id);
        });
        return known;
    }

    /** Takes note that a request found a service otherwise than reported. It holds until somebody has looked again. */
    public void suspect(String serviceId, ServiceHealth health, String reason) {
        Service service = snapshot.services().get(serviceId);
        if (service != null) {
            replace(service.host(), host -> doubted(host, serviceId, health, reason));
        }
    }

    /** Has a service looked at soon: a request found something that was not reported, and nothing wrong in general. */
    public void lookAgain(String serviceId) {
        writing.lock();
        try {
            Service service = snapshot.services().get(serviceId);
            if (service != null) {
                doubts.lookAgain(serviceId);
                presence(service.host()).want(true);
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * Has a node look at all of its services, and waits until it has.
     *
     * @param nudge asks for its heartbeat
     * @param patience how long to wait
     * @return whether it has looked
     */
    public boolean refresh(String host, Runnable nudge, Duration patience) throws InterruptedException {
        String wish;
        Map<String, Long> before;
        writing.lock();
        try {
            before = doubts.looks(host);
            wish = wishes.lookAtAll(host);
            presence(host).want(true);
        } finally {
            writing.unlock();
        }
        nudge.run();
        writing.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (wishes.isOpen(host, wish) && !lookedSince(host, before) && left > 0) {
                left = told.awaitNanos(left);
            }
            return !wishes.isOpen(host, wish) || lookedSince(host, before);
        } finally {
            wishes.withdraw(host, wish);
            writing.unlock();
        }
    }

    /** {@return how long to wait until the next sweep} */
    public Duration untilNextSweep() {
        return pacing().pause();
    }

    /**
     * Looks which hosts have not been heard of for too long.
     *
     * @param links the connections of nodes, which tell whether a silent one went by itself
     * @return those that are lost since now
     */
    public Set<String> sweep(Links links) {
        long now = ticker.nanos();
        Pacing pace = pacing();
        boolean stoodStill = sweptAt.isPresent()
                && now - sweptAt.get() > pace.pause().plus(STOOD_STILL).toNanos();
        sweptAt = Optional.of(now);
        if (stoodStill) {
            log.warn("This process stood still for a while; nobody is counted as lost for that");
            presences.values().forEach(presence -> presence.pardon(now));
        }
        RollCall call = RollCall.of(silences(now, links), pace);
        note(call.spared(), pace);
        if (!call.lost().isEmpty()) {
            change(hosts -> hosts.replaceAll((id, host) -> call.lost().contains(id) ? lost(host) : host));
            call.lost().stream()
                    .sorted()
                    .forEach(id -> log.warn("Host {} is lost: not heard of for {}", id, pace.lostAfter()));
        }
        return call.lost();
    }

    private static Host lost(Host host) {
        host.services().forEach(service -> service.gauge().changed());
        return host.with(false, host.services());
    }

    private Pacing pacing() {
        return pacing.of(snapshot.hosts().size());
    }

    private List<RollCall.Silence> silences(long now, Links links) {
        List<RollCall.Silence> silences = new ArrayList<>();
        for (Host host : snapshot.hosts().values()) {
            Presence presence = presences.get(host.id());
            if (host.online() && presence != null) {
                silences.add(new RollCall.Silence(
                        host.id(), now - presence.heardAt(), presence.closed(links.connections(host.id()))));
                double roundTrip = links.roundTripMillis(host.id());
                host.services().forEach(service -> service.gauge().roundTrip(roundTrip));
            }
        }
        return silences;
    }

    private void note(Set<String> spared, Pacing pace) {
        if (spared.isEmpty()) {
            massSilence = Optional.empty();
            return;
        }
        if (massSilence.isEmpty()) {
            log.warn(
                    "{} hosts fell silent at once; they count as lost after {}",
                    spared.size(),
                    RollCall.patience(pace));
        }
        massSilence = Optional.of(new MassSilence(
                spared, massSilence.map(MassSilence::since).orElseGet(clock::instant), RollCall.patience(pace)));
    }

    private void back(String id) {
        replace(id, host -> host.with(true, host.services()));
        log.info("Host {} is back", id);
    }

    private void takeIn(Heartbeat heartbeat, Presence presence) {
        boolean known = replace(heartbeat.nodeId(), host -> {
            if (!host.online()) {
                log.info("Host {} is back", host.id());
            }
            presence.holds(heartbeat.generation());
            told.signalAll();
            return host.with(
                    true,
                    heartbeat.services().orElseGet(List::of).stream()
                            .map(report -> service(host, report))
                            .toList());
        });
        if (!known) {
            throw unknown(heartbeat.nodeId());
        }
    }

    /** What was looked at may be the same as before; that it was looked at stands in the report. */
    private HeartbeatAnswer withWishes(Heartbeat heartbeat, Presence presence, boolean resend) {
        String id = heartbeat.nodeId();
        writing.lock();
        try {
            boolean looked = heartbeat.services().isEmpty()
                    && wishes.any(id)
                    && !heartbeat.results().isEmpty();
            wishes.settle(id, heartbeat.results());
            told.signalAll();
            Set<String> doubtful = doubts.handOut(id);
            wishes.doubt(id, doubtful);
            List<Directive> directives = wishes.of(id, !doubtful.isEmpty());
            presence.want(!directives.isEmpty());
            return new HeartbeatAnswer(
                    pacing().interval(),
                    resend || looked,
                    directives,
                    heartbeat.results().stream().map(DirectiveResult::id).toList());
        } finally {
            writing.unlock();
        }
    }

    private boolean lookedSince(String host, Map<String, Long> before) {
        Map<String, Long> now = doubts.looks(host);
        return !before.isEmpty()
                && before.entrySet().stream()
                        .allMatch(look -> now.getOrDefault(look.getKey(), Long.MAX_VALUE) > look.getValue());
    }

    private Host doubted(Host host, String serviceId, ServiceHealth health, String reason) {
        doubts.suspect(serviceId, health, reason);
        presence(host.id()).want(true);
        return host.with(
                host.online(),
                host.services().stream()
                        .map(one -> one.id().equals(serviceId)
                                ? one.feeling(health, reason, since(Optional.of(one), serviceId, health, reason))
                                : one)
                        .toList());
    }

    private Presence presence(String id) {
        return presences.computeIfAbsent(id, unknown -> new Presence(ticker.nanos(), clock.instant()));
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
                gauge(id));
    }

    private Gauge gauge(String service) {
        return gauges.computeIfAbsent(service, unknown -> new Gauge(ticker, turns));
    }

    /** {@return since when a service has felt so; a change is logged} */
    private Instant since(Optional<Service> before, String id, ServiceHealth health, String reason) {
        if (before.isPresent() && before.get().health() == health) {
            return before.get().since();
        }
        log.info("Service {} is {}{}", id, health.wireName(), reason.isEmpty() ? "" : ": " + reason);
        gauge(id).changed();
        return clock.instant();
    }

    /** Replaces one host; what stays the same is no change, and costs no more than the host. */
    private boolean replace(String id, UnaryOperator<Host> step) {
        writing.lock();
        try {
            Host host = snapshot.hosts().get(id);
            if (host == null) {
                return false;
            }
            Host next = step.apply(host);
            if (next.equals(host)) {
                return true;
            }
            publish(hosts -> hosts.put(id, next));
        } finally {
            writing.unlock();
        }
        listeners.forEach(Runnable::run);
        return true;
    }

    private void change(Consumer<SortedMap<String, Host>> step) {
        boolean changed;
        writing.lock();
        try {
            changed = publish(step);
        } finally {
            writing.unlock();
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    private boolean publish(Consumer<SortedMap<String, Host>> step) {
        HiveSnapshot before = snapshot;
        SortedMap<String, Host> hosts = new TreeMap<>(before.hosts());
        step.accept(hosts);
        if (hosts.equals(before.hosts())) {
            return false;
        }
        snapshot = HiveSnapshot.of(before.version() + 1, hosts, firstSeen(before, hosts));
        forgetWhatIsGone(hosts);
        return true;
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
        hosts.values().forEach(host -> host.services().forEach(Hive::forgetModels));
    }

    /** An engine that gave a model's memory back has forgotten the prompts, too. */
    private static void forgetModels(Service service) {
        List<Asset> assets = service.inventory().assets();
        service.gauge().retain(assets);
    }

    private Map<String, Instant> firstSeen(HiveSnapshot before, SortedMap<String, Host> hosts) {
        Instant now = clock.instant();
        Map<String, Instant> seen = new HashMap<>();
        for (Host host : hosts.values()) {
            for (Service service : host.services()) {
                service.inventory()
                        .assets()
                        .forEach(asset -> seen.put(
                                asset.id(),
                                Objects.requireNonNullElse(before.firstSeen().get(asset.id()), now)));
                service.terms()
                        .aliases()
                        .keySet()
                        .forEach(alias -> seen.put(
                                alias,
                                Objects.requireNonNullElse(before.firstSeen().get(alias), now)));
            }
        }
        return seen;
    }

    private static GenieException unknown(String id) {
        return new GenieException(ErrorKind.NOT_FOUND, "No host is called '%s' here. Register again.".formatted(id));
    }
}
