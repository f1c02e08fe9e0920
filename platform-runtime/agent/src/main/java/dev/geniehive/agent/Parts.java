package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.join.Identities;
import dev.geniehive.agent.machine.Machine;
import dev.geniehive.agent.report.Household;
import dev.geniehive.agent.report.Reporter;
import dev.geniehive.agent.report.Standing;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.plugin.Lendings;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms of an agent that runs.
 *
 * @param local tells the control plane in the same process, if there is one
 * @param members the control planes elsewhere
 */
record Parts(
        AppContext context,
        AtomicReference<AgentConfig> config,
        Lendings<Engine, ExtensionContext> engines,
        House house,
        Optional<Reporter> local,
        Members members)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);
    private static final Duration FIRST_LOOKS = Duration.ofSeconds(10);

    /** What there is on this machine, and who sees to it. */
    record House(Registration self, Machine machine, Household household, Arranger arranger) implements AutoCloseable {
        @Override
        public void close() {
            arranger.close();
            household.close();
            machine.close();
        }
    }

    /**
     * Finds what is there, reports it once, and goes on doing both.
     *
     * @throws dev.geniehive.api.model.GenieException if the only control plane turns this machine away
     */
    static Parts start(AppContext context, AgentConfig config) {
        Identities identities = Identities.read(context.home());
        Lendings<Engine, ExtensionContext> engines =
                new Lendings<>(context.extensions(), ExtensionPoint.ENGINE, context::extensionContext);
        context.extensions().onChange(engines::renew);
        engines.renew();
        AtomicReference<AgentConfig> current = new AtomicReference<>(config);
        House house = house(context, current, identities, new PluginEngines(engines));
        Reporter.What what = new Reporter.What(house.household(), UnaryOperator.identity(), house.machine()::telemetry);
        Reporter.Clocks clocks = new Reporter.Clocks(context.ticker(), context.clock(), Parts::random);
        Recruiter recruiter = new Recruiter(context, house.self(), identities, what, clocks);
        Optional<Reporter> local = context.shared(ControlPlane.class)
                .map(control -> new Reporter(
                        new Reporter.Whom("control plane", control, house.self(), Reporter.Membership.UNHEARD),
                        what,
                        clocks));
        Parts parts = new Parts(context, current, engines, house, local, new Members(identities, recruiter));
        try {
            parts.introduce(config);
            return parts;
        } catch (RuntimeException failed) {
            parts.close();
            throw failed;
        }
    }

    /** Every thread has its own: one generator is not for many threads at once. */
    private static long random() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static House house(
            AppContext context, AtomicReference<AgentConfig> config, Identities identities, PluginEngines engines) {
        Machine machine = Machine.watch(context.home());
        Household household = new Neighbourhood(context, config::get, identities).household(engines);
        try {
            arrange(household, config.get());
            Registration self = new Registration(
                    Optional.empty(),
                    config.get().name(),
                    "",
                    context.version(),
                    config.get().labels(),
                    machine.platform());
            return new House(self, machine, household, new Arranger(household, config::get));
        } catch (InterruptedException stopped) {
            household.close();
            machine.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the agent was stopped while it started", stopped);
        }
    }

    /** Twice, since whether the simulator is needed shows only when the others were looked at. */
    private static void arrange(Household household, AgentConfig config) throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            household.arrange(config);
            household.awaitFirstLooks(FIRST_LOOKS);
        }
    }

    private void introduce(AgentConfig config) {
        local.ifPresent(reporter -> {
            reporter.introduce();
            reporter.start();
        });
        members.start(config.controls(), local.isEmpty());
    }

    /** {@return what this process answers by itself; where there is a control plane, that answers these paths} */
    List<AppRoute> routes() {
        return local.isPresent() ? List.of() : new InventoryApi(house.self(), house.household(), members).routes();
    }

    /** Takes over a configuration; what changed in it is done soon. */
    void reconfigure(AgentConfig now, Set<String> changed) {
        AgentConfig before = config.getAndSet(now);
        if (!before.name().equals(now.name())) {
            log.warn("agent.name changed from {} to {}: that needs a restart", before.name(), now.name());
        }
        if (changed.stream().anyMatch(key -> key.startsWith("plugins."))) {
            engines.forget();
            engines.renew();
        }
        members.reconfigure(now.controls());
        house.arranger().soon();
    }

    List<ServiceReport> reports() {
        return house.household().reports();
    }

    List<String> notReady() {
        if (local.isEmpty() && members.all().isEmpty()) {
            return List.of("No control plane is known. Join one with: geniehive agent --join URL --token TOKEN");
        }
        return members.notReady(context.ticker());
    }

    /** {@return what this machine is elsewhere, a line for each control plane} */
    List<String> memberships() {
        List<String> lines = new ArrayList<>();
        for (Member member : members.all()) {
            Standing standing = member.reporter().standing();
            lines.add(standing.assignment()
                    .map(told -> "joined %s as %s".formatted(member.url(), told.nodeId()))
                    .orElseGet(() -> "not joined yet: %s; it goes on being tried".formatted(member.url())));
        }
        return lines;
    }

    @Override
    public void close() {
        local.ifPresent(Reporter::close);
        members.close();
        house.close();
    }
}
