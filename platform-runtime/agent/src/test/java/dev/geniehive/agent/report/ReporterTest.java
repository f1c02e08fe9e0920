package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.HeldEngines;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.testkit.FakeUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReporterTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Registration INTRODUCTION =
            new Registration(Optional.empty(), "box", "", "0", Map.of(), new Platform("Linux", "amd64", 4, 0));

    private final HeldEngines engines = new HeldEngines().knows("simulator").alive("simulator", "made-up");
    private final Household household = new Household(
            engines,
            new Discovery(engines, base -> new FakeUpstream(base.toString())),
            spec -> new FakeUpstream(spec.name()),
            System::nanoTime,
            0);

    /**
     * A control plane that writes down what it is told, and fails when told to.
     *
     * @param failures thrown by the next heartbeats, one each
     */
    private record Listening(
            BlockingQueue<Registration> registrations,
            BlockingQueue<Heartbeat> heartbeats,
            Queue<RuntimeException> failures,
            Set<String> lookAgain)
            implements ControlPlane {
        Listening() {
            this(
                    new LinkedBlockingQueue<>(),
                    new LinkedBlockingQueue<>(),
                    new ConcurrentLinkedQueue<>(),
                    Set.of("simulator"));
        }

        @Override
        public Assignment register(Registration registration) {
            registrations.add(registration);
            return new Assignment("node-7", Optional.empty(), OFTEN, OFTEN, Duration.ofSeconds(5), "0");
        }

        @Override
        public HeartbeatAnswer heartbeat(Heartbeat heartbeat) {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            heartbeats.add(heartbeat);
            return new HeartbeatAnswer(OFTEN, false, List.of(new Directive.Look("l", lookAgain)), List.of());
        }
    }

    @Test
    void registersAndReportsBeforeItReturnsAndGoesOnReporting() throws Exception {
        household.arrange(new AgentConfig("box", Map.of(), false, AgentConfig.Simulator.AUTO, List.of()));
        Listening control = new Listening();

        try (Reporter reporter = new Reporter(control, household, INTRODUCTION)) {
            assertThat(reporter).isNotNull();
            assertThat(control.registrations()).containsExactly(INTRODUCTION);
            Heartbeat first = control.heartbeats().take();
            assertThat(first.nodeId()).isEqualTo("node-7");
            assertThat(first.services().orElseThrow())
                    .extracting(ServiceReport::name)
                    .containsExactly("simulator");
            while (control.heartbeats()
                            .take()
                            .services()
                            .orElseThrow()
                            .getFirst()
                            .looks()
                    < 3) {
                Thread.onSpinWait();
            }
        } finally {
            household.close();
        }
    }

    @Test
    void registersAgainUnderItsIdWhenNobodyKnowsIt() throws Exception {
        Listening control = new Listening();
        try (Reporter reporter = new Reporter(control, household, INTRODUCTION)) {
            assertThat(reporter).isNotNull();
            control.registrations().take();

            control.failures().add(new GenieException(ErrorKind.NOT_FOUND, "Register again."));

            assertThat(control.registrations().take().nodeId()).contains("node-7");
            control.heartbeats().take();
        }
    }

    @Test
    void goesOnWhateverGoesWrong() throws Exception {
        Listening control = new Listening();
        try (Reporter reporter = new Reporter(control, household, INTRODUCTION)) {
            assertThat(reporter).isNotNull();

            control.failures().add(new IllegalStateException("a bug"));
            control.failures().add(new GenieException(ErrorKind.INTERNAL, "no"));
            control.failures().add(new GenieException(ErrorKind.NOT_FOUND, "Register again."));
            control.failures().add(new IllegalStateException("and another one"));
            while (!control.failures().isEmpty()) {
                control.heartbeats().poll();
            }

            control.heartbeats().clear();
            assertThat(control.heartbeats().take().nodeId()).isEqualTo("node-7");
        }
    }
}
