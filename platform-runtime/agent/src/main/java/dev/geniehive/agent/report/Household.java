package dev.geniehive.agent.report;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.Engines;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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
    private final int ownPort;
    private final ReentrantLock arranging = new ReentrantLock();
    private final Map<String, Minder> minders = new LinkedHashMap<>();
    private volatile List<Minder> minded = List.of();

    /**
     * @param ways makes the way to a service, with timeouts that suit a quick look
     * @param ownPort where this process listens; not to be taken for an engine
     */
    public Household(
            Engines engines, Discovery discovery, Function<ServiceSpec, Upstream> ways, Ticker ticker, int ownPort) {
        this.engines = engines;
        this.discovery = discovery;
        this.ways = ways;
        this.ticker = ticker;
        this.ownPort = ownPort;
    }

    /** Brings what is minded in line with the configuration and with what runs. Called every few seconds. */
    public void arrange(AgentConfig config) throws InterruptedException {
        arranging.lockInterruptibly();
        try {
            dropWhatIsNotWanted(config);
            for (ServiceSpec spec : config.services()) {
                if (!minders.containsKey(spec.name())) {
                    adopt(spec);
                }
            }
            if (config.discover()) {
                discover();
            }
            simulate(config);
            minded = List.copyOf(minders.values());
        } finally {
            arranging.unlock();
        }
    }

    /** {@return what there is, as it was when it was last looked at} */
    public List<ServiceReport> reports() {
        return minded.stream().map(Minder::report).toList();
    }

    /** Has services looked at soon. */
    public void lookAgain(Set<String> names) {
        minded.stream().filter(minder -> names.contains(minder.spec().name())).forEach(Minder::lookNow);
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
        minded.forEach(Minder::close);
    }

    private void dropWhatIsNotWanted(AgentConfig config) {
        minders.values().removeIf(minder -> {
            boolean wanted = switch (minder.spec().origin()) {
                case CONFIGURED -> config.services().contains(minder.spec());
                case DISCOVERED ->
                    config.discover()
                            && minder.silentFor().compareTo(FORGOTTEN_AFTER) < 0
                            && config.services().stream()
                                    .noneMatch(spec ->
                                            spec.base().equals(minder.spec().base()));
                case SIMULATOR -> true;
            };
            if (!wanted || !engines.names().contains(minder.engine())) {
                log.info("No longer minding {}", minder.spec());
                minder.close();
                return true;
            }
            return false;
        });
    }

    private void adopt(ServiceSpec spec) throws InterruptedException {
        Optional<String> engine = spec.engine();
        if (engine.isEmpty()) {
            engine = discovery.identify(spec.base()).map(Discovery.Found::engine);
        }
        if (engine.isPresent() && !engines.names().contains(engine.get())) {
            log.warn(
                    "No plugin knows the engine '{}' of service {}. There are: {}",
                    engine.get(),
                    spec.name(),
                    engines.names());
            return;
        }
        engine.ifPresent(known -> mind(spec, known));
    }

    private void discover() throws InterruptedException {
        Set<Integer> known = new HashSet<>(Set.of(ownPort));
        minders.values().forEach(minder -> known.add(minder.spec().base().getPort()));
        for (Discovery.Found found : discovery.look(known)) {
            ServiceSpec spec = new ServiceSpec(
                    freeName(found.engine()),
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
        boolean others = minders.values().stream()
                .anyMatch(minder -> minder.spec().origin() != ServiceSpec.Origin.SIMULATOR && alive(minder));
        boolean wanted = switch (config.simulator()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> !others;
        };
        Minder running = minders.get(SIMULATOR);
        if (!wanted && running != null && running.spec().origin() == ServiceSpec.Origin.SIMULATOR) {
            minders.remove(SIMULATOR);
            running.close();
        } else if (wanted && running == null && engines.names().contains(SIMULATOR)) {
            mind(
                    new ServiceSpec(
                            SIMULATOR,
                            Optional.of(SIMULATOR),
                            NOWHERE,
                            Terms.NONE,
                            Optional.empty(),
                            ServiceSpec.Origin.SIMULATOR),
                    SIMULATOR);
        }
    }

    private static boolean alive(Minder minder) {
        return minder.report().inventory().health() != ServiceHealth.UNREACHABLE;
    }

    private void mind(ServiceSpec spec, String engine) {
        minders.put(spec.name(), new Minder(spec, engine, engines, ways.apply(spec), ticker, BETWEEN_LOOKS));
    }

    private String freeName(String engine) {
        List<String> taken = new ArrayList<>(minders.keySet());
        String name = engine;
        for (int number = 2; taken.contains(name); number++) {
            name = "%s-%d".formatted(engine, number);
        }
        return name;
    }
}
