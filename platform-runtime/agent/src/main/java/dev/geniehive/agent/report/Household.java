package dev.geniehive.agent.report;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.Engines;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All services of this machine: those that are configured, those that were found, and the simulator if need be. */
public final class Household implements AutoCloseable {
    /** The engine that needs no server. */
    public static final String SIMULATOR = "simulator";

    private static final Logger log = LoggerFactory.getLogger(Household.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);
    private static final URI NOWHERE = URI.create("http://simulator.invalid:1");

    private final Engines engines;
    private final Discovery discovery;
    private final Function<ServiceSpec, Upstream> ways;
    private final Ticker ticker;
    private final Supplier<Set<Integer>> ownPorts;
    private final ReentrantLock arranging = new ReentrantLock();
    private final Map<String, Minder> minders = new LinkedHashMap<>();
    private final Set<String> complaints = new HashSet<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Minder> minded = List.of();
    private volatile List<ServiceReport> unminded = List.of();
    private volatile List<String> queues = Terms.NONE.queues();

    /**
     * A service that is minded.
     *
     * @param spec where it is
     * @param inventory what was seen of it last
     */
    public record Minded(ServiceSpec spec, Inventory inventory) {}

    /**
     * @param ways makes the way to a service, with timeouts that suit a quick look
     * @param ownPorts where this process and its control planes listen on this machine; not to be taken for engines
     */
    public Household(
            Engines engines,
            Discovery discovery,
            Function<ServiceSpec, Upstream> ways,
            Ticker ticker,
            Supplier<Set<Integer>> ownPorts) {
        this.engines = engines;
        this.discovery = discovery;
        this.ways = ways;
        this.ticker = ticker;
        this.ownPorts = ownPorts;
    }

    /** Brings what is minded in line with the configuration and with what runs. Called every few seconds. */
    public void arrange(AgentConfig config) throws InterruptedException {
        arranging.lockInterruptibly();
        try {
            dropWhatIsNotWanted(config);
            adoptWhatIsConfigured(config);
            if (config.discover()) {
                discover(config);
            }
            simulate(config);
            minded = List.copyOf(minders.values());
            queues = config.queues();
        } finally {
            arranging.unlock();
        }
        changed();
    }

    /** Has somebody called whenever something was looked at, came or went; on any thread, and it must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Calls a listener no more. */
    public void offChange(Runnable listener) {
        listeners.remove(listener);
    }

    /** {@return a service that is minded, if one is called so} */
    public Optional<Minded> find(String name) {
        return minded.stream()
                .filter(minder -> minder.spec().name().equals(name))
                .findFirst()
                .map(minder -> new Minded(minder.spec(), minder.report().inventory()));
    }

    /** {@return how often each service that is minded has been looked at, by its name} */
    public Map<String, Long> looks() {
        Map<String, Long> looks = new HashMap<>();
        minded.forEach(minder -> looks.put(minder.spec().name(), minder.report().looks()));
        return looks;
    }

    /** {@return what there is, as it was when it was last looked at} */
    public List<ServiceReport> reports() {
        List<String> serving = queues;
        return Stream.concat(minded.stream().map(Minder::report), unminded.stream())
                .map(report -> report.serving(serving))
                .toList();
    }

    /** Has services looked at soon. */
    public void lookAgain(Set<String> names) {
        minded.stream().filter(minder -> names.contains(minder.spec().name())).forEach(Minder::lookNow);
    }

    /** Has everything looked at, and waits until that is done, at most so long. */
    public void lookAtAllNow(Duration atMost) throws InterruptedException {
        long deadline = ticker.nanos() + atMost.toNanos();
        Map<String, Long> before = looks();
        Semaphore looked = new Semaphore(0);
        Runnable listener = looked::release;
        onChange(listener);
        try {
            lookAgain(before.keySet());
            while (!lookedSince(before)) {
                long left = deadline - ticker.nanos();
                if (left <= 0 || !looked.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } finally {
            offChange(listener);
        }
    }

    /** {@return whether all have been looked at more often, or are gone} */
    boolean lookedSince(Map<String, Long> before) {
        Map<String, Long> now = looks();
        return before.entrySet().stream()
                .allMatch(entry -> now.getOrDefault(entry.getKey(), Long.MAX_VALUE) > entry.getValue());
    }

    /** Waits until everything has been looked at once, at most so long. */
    public void awaitFirstLooks(Duration atMost) throws InterruptedException {
        long deadline = ticker.nanos() + atMost.toNanos();
        for (Minder minder : minded) {
            minder.awaitFirstLook(Duration.ofNanos(Math.max(0, deadline - ticker.nanos())));
        }
    }

    @Override
    public void close() {
        arranging.lock();
        try {
            minders.values().forEach(Minder::close);
            minders.clear();
        } finally {
            arranging.unlock();
        }
    }

    private void dropWhatIsNotWanted(AgentConfig config) {
        minders.values().removeIf(minder -> {
            if (wanted(minder, config) && engines.names().contains(minder.engine())) {
                return false;
            }
            log.info("No longer minding {}", minder.spec());
            minder.close();
            return true;
        });
    }

    /** What is configured goes before what was found: it keeps its name and its server to itself. */
    private static boolean wanted(Minder minder, AgentConfig config) {
        ServiceSpec spec = minder.spec();
        boolean nameIsConfigured =
                config.services().stream().anyMatch(other -> other.name().equals(spec.name()));
        return switch (spec.origin()) {
            case CONFIGURED -> config.services().contains(spec);
            case DISCOVERED ->
                config.discover()
                        && !nameIsConfigured
                        && minder.silentFor().compareTo(FORGOTTEN_AFTER) < 0
                        && config.services().stream().noneMatch(other -> other.isAt(spec.base()));
            case SIMULATOR -> !nameIsConfigured;
        };
    }

    private void adoptWhatIsConfigured(AgentConfig config) throws InterruptedException {
        List<ServiceReport> left = new ArrayList<>();
        List<ServiceSpec> missing = config.services().stream()
                .filter(spec -> !minders.containsKey(spec.name()))
                .filter(spec -> !isOurselves(spec))
                .toList();
        List<Discovery.Found> found = discovery.identify(missing.stream()
                .filter(spec -> spec.engine().isEmpty())
                .map(ServiceSpec::base)
                .distinct()
                .toList());
        for (ServiceSpec spec : missing) {
            Optional<String> engine = spec.engine()
                    .or(() -> found.stream()
                            .filter(seen -> seen.base().equals(spec.base()))
                            .map(Discovery.Found::engine)
                            .findFirst());
            if (engine.isEmpty()) {
                String why = "no engine was recognised there; it may be down, or name its engine";
                left.add(notMinded(spec, ServiceHealth.UNREACHABLE, why));
            } else if (!engines.names().contains(engine.get())) {
                String why = "no plugin knows the engine '%s'".formatted(engine.get());
                left.add(notMinded(spec, ServiceHealth.UNHEALTHY, why));
            } else {
                mind(spec, engine.get());
            }
        }
        unminded = List.copyOf(left);
    }

    /** What is configured shows, also where nobody can tell what it is. */
    private ServiceReport notMinded(ServiceSpec spec, ServiceHealth health, String why) {
        complain("Service {} is not minded: " + why, spec);
        return new ServiceReport(
                spec.name(),
                spec.engine().orElse("unknown"),
                new Reach.Direct(spec.base(), spec.key()),
                spec.terms(),
                Inventory.without(health, why),
                0);
    }

    private boolean isOurselves(ServiceSpec spec) {
        boolean ours = spec.portHere().stream().anyMatch(ownPorts.get()::contains);
        if (ours) {
            complain("Service {} is not minded: that is GenieHive itself", spec);
        }
        return ours;
    }

    /** Once for each service and reason, until it is minded: this is seen every few seconds. */
    private void complain(String what, ServiceSpec spec) {
        if (complaints.add(what + spec)) {
            log.warn(what, spec);
        }
    }

    private void discover(AgentConfig config) throws InterruptedException {
        Set<Integer> known = new HashSet<>(ownPorts.get());
        Stream.concat(config.services().stream(), minders.values().stream().map(Minder::spec))
                .forEach(spec -> spec.portHere().ifPresent(known::add));
        for (Discovery.Found found : discovery.look(known)) {
            ServiceSpec spec = new ServiceSpec(
                    freeName(found.engine(), config),
                    Optional.of(found.engine()),
                    found.base(),
                    Terms.NONE,
                    Optional.empty(),
                    ServiceSpec.Origin.DISCOVERED);
            log.info("Found {} {} at {}", found.engine(), found.version(), found.base());
            mind(spec, found.engine());
        }
    }

    private void simulate(AgentConfig config) {
        Optional<Minder> running =
                minders.values().stream().filter(Household::simulates).findFirst();
        boolean others = minders.values().stream().anyMatch(minder -> !simulates(minder) && alive(minder));
        boolean wanted = switch (config.simulator()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> !others;
        };
        if (!wanted && running.isPresent()) {
            minders.remove(running.get().spec().name());
            running.get().close();
        } else if (wanted && running.isEmpty() && engines.names().contains(SIMULATOR)) {
            mind(
                    new ServiceSpec(
                            freeName(SIMULATOR, config),
                            Optional.of(SIMULATOR),
                            NOWHERE,
                            Terms.NONE,
                            Optional.empty(),
                            ServiceSpec.Origin.SIMULATOR),
                    SIMULATOR);
        }
    }

    private static boolean simulates(Minder minder) {
        return minder.spec().origin() == ServiceSpec.Origin.SIMULATOR;
    }

    private static boolean alive(Minder minder) {
        return minder.report().inventory().health() != ServiceHealth.UNREACHABLE;
    }

    private void mind(ServiceSpec spec, String engine) {
        complaints.removeIf(complaint -> complaint.endsWith(spec.toString()));
        minders.put(
                spec.name(),
                new Minder(
                        spec,
                        engine,
                        new Minder.Means(engines, ways.apply(spec)),
                        ticker,
                        BETWEEN_LOOKS,
                        this::changed));
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private String freeName(String engine, AgentConfig config) {
        Set<String> taken = new HashSet<>(minders.keySet());
        config.services().forEach(spec -> taken.add(spec.name()));
        String name = engine;
        for (int number = 2; taken.contains(name); number++) {
            name = "%s-%d".formatted(engine, number);
        }
        return name;
    }
}
