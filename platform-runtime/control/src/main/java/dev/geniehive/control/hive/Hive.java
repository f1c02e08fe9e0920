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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
    private final Set<String> departed = new HashSet<>();
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
        change(draft -> hosts.forEach(host -> {
            presences.put(host.id(), new Presence(ticker.nanos(), host.lastSeen()));
            Host bare = Host.of(host.id(), host.said(), false, host.draining(), List.of());
            draft.put(bare.with(false, services(bare, host.services())));
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
        change(draft -> {
            presence(id).heard(ticker.nanos(), clock.instant());
            presence(id).holds(Presence.NO_REPORT);
            Host known = draft.host(id);
            draft.put(
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
        Host host = snapshot.host(id).orElseThrow(() -> unknown(id));
        if (presence == null) {
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
        boolean known = snapshot.host(id).isPresent();
        change(draft -> {
            draft.remove(id);
            presences.remove(id);
            wishes.forget(id);
        });
        return known;
    }

    /** Takes note that a request found a service otherwise than reported. It holds until somebody has looked again. */
    public void suspect(String serviceId, ServiceHealth health, String reason) {
        snapshot.service(serviceId)
                .ifPresent(service -> replace(service.host(), host -> doubted(host, serviceId, health, reason)));
    }

    /** Has a service looked at soon: a request found something that was not reported, and nothing wrong in general. */
    public void lookAgain(String serviceId) {
        writing.lock();
        try {
            snapshot.service(serviceId).ifPresent(service -> {
                doubts.lookAgain(serviceId);
                presence(service.host()).want(true);
            });
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
            change(draft -> call.lost().forEach(id -> lose(draft, id)));
            call.lost().stream()
                    .sorted()
                    .forEach(id -> log.warn("Host {} is lost: not heard of for {}", id, pace.lostAfter()));
        }
        return call.lost();
    }

    private static void lose(Draft draft, String id) {
        Host host = draft.host(id);
        if (host != null) {
            host.services().forEach(service -> service.gauge().changed());
            draft.put(host.with(false, host.services()));
        }
    }

    private Pacing pacing() {
        return pacing.of(snapshot.size());
    }

    private List<RollCall.Silence> silences(long now, Links links) {
        List<RollCall.Silence> silences = new ArrayList<>();
        for (Host host : snapshot.everyHost()) {
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
            return host.with(true, services(host, heartbeat.services().orElseGet(List::of)));
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

    /** {@return what a host reports; what is the same as before is the same object} */
    private List<Service> services(Host host, List<ServiceReport> reports) {
        Map<String, Service> known = HashMap.newHashMap(host.services().size());
        host.services().forEach(service -> known.putIfAbsent(service.id(), service));
        List<Service> services = new ArrayList<>(reports.size());
        for (ServiceReport report : reports) {
            Optional<Service> before = Optional.ofNullable(known.get(host.id() + "/" + report.name()));
            Service now = service(host, report, before);
            services.add(before.filter(now::equals).orElse(now));
        }
        return services;
    }

    private Service service(Host host, ServiceReport report, Optional<Service> before) {
        String id = host.id() + "/" + report.name();
        Inventory inventory = report.inventory();
        Optional<Doubts.Suspicion> suspicion = doubts.lookedAt(id, report.looks());
        ServiceHealth health = suspicion.map(Doubts.Suspicion::health).orElse(inventory.health());
        String reason = suspicion.map(Doubts.Suspicion::reason).orElse(inventory.reason());
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

    /** Replaces one host; what stays the same is no change. */
    private boolean replace(String id, UnaryOperator<Host> step) {
        return changed(draft -> {
            Host host = draft.host(id);
            if (host == null) {
                return false;
            }
            draft.put(step.apply(host));
            return true;
        });
    }

    private void change(Consumer<Draft> step) {
        changed(draft -> {
            step.accept(draft);
            return true;
        });
    }

    private <R> R changed(Function<Draft, R> step) {
        R result;
        writing.lock();
        try {
            Draft draft = snapshot.draft(clock.instant());
            result = step.apply(draft);
            HiveSnapshot next = draft.done();
            if (next.version() == snapshot.version()) {
                return result;
            }
            snapshot = next;
            forgetWhatIsGone(draft);
        } finally {
            writing.unlock();
        }
        listeners.forEach(Runnable::run);
        return result;
    }

    /** A service that comes back while requests are still on it finds its gauge, and its limit holds. */
    private void forgetWhatIsGone(Draft draft) {
        doubts.forget(draft.gone());
        departed.addAll(draft.gone());
        draft.changed().forEach(service -> {
            departed.remove(service.id());
            forgetModels(service);
        });
        departed.removeIf(this::isForgotten);
    }

    private boolean isForgotten(String service) {
        Gauge gauge = gauges.get(service);
        if (gauge != null && gauge.inFlight() > 0) {
            return false;
        }
        gauges.remove(service);
        return true;
    }

    /** An engine that gave a model's memory back has forgotten the prompts, too. */
    private static void forgetModels(Service service) {
        List<Asset> assets = service.inventory().assets();
        service.gauge().retain(assets);
    }

    private static GenieException unknown(String id) {
        return new GenieException(ErrorKind.NOT_FOUND, "No host is called '%s' here. Register again.".formatted(id));
    }
}
