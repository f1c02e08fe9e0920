package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.HeldEngines;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.DirectiveResult;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.testkit.FakeUpstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReporterTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Registration INTRODUCTION =
            new Registration(Optional.empty(), "box", "", "0", Map.of(), new Platform("Linux", "amd64", 4, 0));

    private final HeldEngines engines = new HeldEngines().knows("simulator").alive("simulator", "made-up");
    private final Household household = new Household(
            engines,
            new Discovery(engines, base -> new FakeUpstream(base.toString())),
            spec -> new FakeUpstream(spec.name()),
            System::nanoTime,
            Set::of);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        household.close();
    }

    @Test
    void registersAndReportsBeforeItReturnsAndGoesOnReporting() throws Exception {
        simulate();
        HeldControl control = new HeldControl(OFTEN);

        try (Reporter reporter = reporter(control)) {
            reporter.introduce();
            assertThat(control.registrations()).containsExactly(INTRODUCTION);
            Heartbeat first = control.heartbeats().take();
            assertThat(first.nodeId()).isEqualTo("node-7");
            assertThat(first.services().orElseThrow())
                    .extracting(ServiceReport::name)
                    .containsExactly("simulator");
            assertThat(reporter.standing().connected()).isTrue();

            reporter.start();
            control.heartbeats().take();
            control.heartbeats().take();
        }
    }

    @Test
    void sendsServicesOnlyWhenTheyChangedOrAreWantedAgain() throws Exception {
        HeldControl control = new HeldControl(OFTEN);
        control.answers().add(control.saying());
        control.answers().add(control.saying());
        control.answers().add(new HeartbeatAnswer(OFTEN, true, List.of(), List.of()));
        try (Reporter reporter = started(control)) {
            assertThat(reporter).isNotNull();

            assertThat(control.heartbeats().take().services()).isPresent();
            assertThat(control.heartbeats().take().services()).isEmpty();
            assertThat(control.heartbeats().take().services()).isEmpty();
            assertThat(control.heartbeats().take().services()).as("asked for").isPresent();
            assertThat(control.heartbeats().take().services()).isEmpty();
        }
    }

    @Test
    void tellsAtOnceWhenAServiceFeelsOtherwise() throws Exception {
        simulate();
        HeldControl control = new HeldControl(NEVER);
        try (Reporter reporter = started(control)) {
            assertThat(reporter).isNotNull();
            control.heartbeats().take();

            engines.dead("simulator");
            household.lookAgain(Set.of("simulator"));

            ServiceReport told =
                    control.heartbeats().take().services().orElseThrow().getFirst();
            assertThat(told.inventory().health().usable()).isFalse();
        }
    }

    @Test
    void beatsAtOnceWhenNudged() throws Exception {
        HeldControl control = new HeldControl(NEVER);
        try (Reporter reporter = started(control)) {
            control.heartbeats().take();

            reporter.nudge();

            control.heartbeats().take();
        }
    }

    @Test
    void looksWhenAskedToAndTellsWhenItHasUntilThatWasHeard() throws Exception {
        simulate();
        HeldControl control = new HeldControl(NEVER);
        control.answers().add(control.saying(new Directive.Look("d1", Set.of()), new Directive.Unknown("d2", "dance")));
        try (Reporter reporter = started(control)) {
            long before = looks(control.heartbeats().take());

            Heartbeat told = control.heartbeats().take();
            while (told.results().size() < 2) {
                told = control.heartbeats().take();
            }
            assertThat(looks(told)).isGreaterThan(before);
            assertThat(told.results())
                    .containsExactlyInAnyOrder(
                            new DirectiveResult("d1", true, ""),
                            new DirectiveResult("d2", false, "This agent is too old for 'dance'; update it."));

            control.answers().add(new HeartbeatAnswer(NEVER, false, List.of(), List.of("d1", "d2")));
            reporter.nudge();
            assertThat(control.heartbeats().take().results())
                    .as("not heard yet")
                    .hasSize(2);
            reporter.nudge();
            assertThat(control.heartbeats().take().results()).isEmpty();
        }
    }

    @Test
    void registersAgainUnderItsIdWhenNobodyKnowsIt() throws Exception {
        HeldControl control = new HeldControl(OFTEN);
        try (Reporter reporter = started(control)) {
            assertThat(reporter).isNotNull();
            control.registrations().take();

            control.failures().add(new GenieException(ErrorKind.NOT_FOUND, "Register again."));

            assertThat(control.registrations().take().nodeId()).contains("node-7");
        }
    }

    @Test
    void tellsThatItIsNotWantedAndComesBackWhenItIs() throws Exception {
        HeldControl control = new HeldControl(NEVER);
        try (Reporter reporter = started(control)) {
            assertThat(heard.take()).isEqualTo("admitted");
            control.heartbeats().take();

            control.failures().add(new GenieException(ErrorKind.UNAUTHORIZED, "no such key"));
            control.refusals().add(new GenieException(ErrorKind.UNAUTHORIZED, "This machine was removed."));
            reporter.nudge();
            assertThat(heard.take()).isEqualTo("refused");
            while (reporter.standing().connected()) {
                Thread.onSpinWait();
            }
            assertThat(reporter.standing().lastError()).contains("This machine was removed.");

            reporter.nudge();
            assertThat(heard.take()).isEqualTo("admitted");
            assertThat(control.heartbeats().take().services()).isPresent();
        }
    }

    @Test
    void goesOnWhateverGoesWrong() throws Exception {
        HeldControl control = new HeldControl(OFTEN);
        try (Reporter reporter = started(control)) {
            assertThat(reporter).isNotNull();

            control.failures().add(new IllegalStateException("a bug"));
            control.failures().add(new GenieException(ErrorKind.INTERNAL, "no"));
            control.failures().add(new GenieException(ErrorKind.NOT_FOUND, "Register again."));
            while (!control.failures().isEmpty()) {
                control.heartbeats().poll(1, TimeUnit.MILLISECONDS);
            }

            control.heartbeats().clear();
            assertThat(control.heartbeats().take().nodeId()).isEqualTo("node-7");
        }
    }

    @Test
    void throwsWhenItIsTurnedAwayAtFirstAndTriesAgainWhenStartedAllTheSame() throws Exception {
        HeldControl control = new HeldControl(OFTEN);
        control.refusals().add(new GenieException(ErrorKind.UNAVAILABLE, "away"));
        try (Reporter reporter = reporter(control)) {
            assertThatExceptionOfType(GenieException.class).isThrownBy(reporter::introduce);
            assertThat(reporter.standing().notReady("http://c", 0))
                    .contains("http://c has not taken this machine in yet: away");

            reporter.start();

            control.registrations().take();
        }
    }

    private Reporter reporter(HeldControl control) {
        Reporter.Membership membership = new Reporter.Membership() {
            @Override
            public void admitted(Assignment assignment) {
                heard.add("admitted");
            }

            @Override
            public void refused() {
                heard.add("refused");
            }
        };
        return new Reporter(
                new Reporter.Whom("control", control, INTRODUCTION, membership),
                new Reporter.What(household, UnaryOperator.identity(), Optional::empty),
                new Reporter.Clocks(System::nanoTime, InstantSource.system(), new Random(1)));
    }

    private Reporter started(HeldControl control) {
        Reporter reporter = reporter(control);
        reporter.introduce();
        reporter.start();
        return reporter;
    }

    private void simulate() throws InterruptedException {
        household.arrange(new AgentConfig("box", Map.of(), false, AgentConfig.Simulator.AUTO, List.of()));
        household.awaitFirstLooks(Duration.ofSeconds(5));
    }

    private static long looks(Heartbeat heartbeat) {
        return heartbeat.services().orElseThrow().getFirst().looks();
    }
}
