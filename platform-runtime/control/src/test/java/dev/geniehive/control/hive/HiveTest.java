package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HiveTest {
    private static final String LLAMA = "box/llama";

    private final HeldHive held = new HeldHive();
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void assignsTheNameAsIdAndTheRulesOfLiveness() {
        var assignment = held.hive().register(registration(Optional.empty()));

        assertThat(assignment.nodeId()).isEqualTo("box");
        assertThat(assignment.heartbeatInterval()).isEqualTo(HeldHive.INTERVAL);
        assertThat(assignment.lostAfter()).isEqualTo(HeldHive.LOST_AFTER);
    }

    @Test
    void keepsTheIdOfANodeThatComesBackAndItsServices() {
        held.serves(LLAMA, "qwen");

        var assignment = held.hive().register(registration(Optional.of("box")));

        assertThat(assignment.nodeId()).isEqualTo("box");
        assertThat(held.now().services()).containsOnlyKeys(LLAMA);
    }

    @Test
    void tellsAnUnknownNodeToRegisterAgain() {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> held.hive().report(Heartbeat.full("nobody", 1, List.of())))
                .withMessageContaining("'nobody'")
                .withMessageContaining("Register again")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void twoNodesOfOneNameAreOneHostAndTheLastReportHolds() {
        held.serves(LLAMA, "qwen");
        held.hive().register(registration(Optional.empty()));

        held.hive().report(Heartbeat.full("box", 1, List.of()));

        assertThat(held.now().hosts()).containsOnlyKeys("box");
        assertThat(held.now().services()).isEmpty();
    }

    @Test
    void aBeatThatSaysTheSameIsNoChangeButIsHeard() {
        held.serves(LLAMA, "qwen");
        HiveSnapshot before = held.now();
        held.hive().onChange(changes::incrementAndGet);

        held.after(Duration.ofSeconds(1)).beat("box");

        assertThat(changes).hasValue(0);
        assertThat(held.now().version()).isEqualTo(before.version());
        assertThat(held.now().names()).isSameAs(before.names());
        assertThat(held.hive().lastSeen("box")).isEqualTo(held.instant());
    }

    @Test
    void aSweepThatFindsNobodyLateIsNoChange() {
        held.serves(LLAMA, "qwen");
        held.hive().onChange(changes::incrementAndGet);

        held.sweep();

        assertThat(changes).hasValue(0);
    }

    @Test
    void aBeatThatSaysSomethingNewIsAChange() {
        held.serves(LLAMA, "qwen");
        held.hive().onChange(changes::incrementAndGet);

        held.has(LLAMA, HeldHive.slots(HeldHive.serving("qwen"), 4, 1), Terms.NONE);

        assertThat(changes).hasValue(1);
        assertThat(held.service(LLAMA).concurrency()).isEqualTo(OptionalInt.of(4));
    }

    @Test
    void aServiceThatIsNotReportedAnyMoreIsGone() {
        held.serves(LLAMA, "qwen").serves("box/ollama", "phi");

        held.drop("box/ollama");
        held.beat("box");

        assertThat(held.now().services()).containsOnlyKeys(LLAMA);
        assertThat(held.now().offers("phi")).isEmpty();
    }

    @Test
    void aHostIsLostOnlyAfterItsSilenceByTheMonotonicClock() {
        held.serves(LLAMA, "qwen");

        held.after(HeldHive.LOST_AFTER).sweep();
        assertThat(held.now().services()).containsOnlyKeys(LLAMA);

        held.after(Duration.ofNanos(1)).sweep();
        assertThat(held.now().services()).isEmpty();
        assertThat(held.now().offers("qwen"))
                .as("what it served is known, and that it cannot be served")
                .extracting(Offer::host)
                .containsExactly(Host.Status.LOST);
        assertThat(held.known("box").status()).isEqualTo(Host.Status.LOST);
    }

    @Test
    void aLostHostComesBackWithItsFirstBeatAndItsGauges() {
        held.serves(LLAMA, "qwen");
        Gauge gauge = held.service(LLAMA).gauge();
        held.after(Duration.ofMinutes(1)).sweep();

        held.beat("box");

        assertThat(held.known("box").online()).isTrue();
        assertThat(held.service(LLAMA).gauge()).isSameAs(gauge);
    }

    @Test
    void gaugesSurviveReportsAndAServiceThatGoesWhileRequestsAreOnIt() {
        held.serves(LLAMA, "qwen");
        Gauge gauge = held.service(LLAMA).gauge();
        gauge.tryTake(OptionalInt.empty());

        held.drop(LLAMA);
        held.beat("box");
        held.serves(LLAMA, "qwen");

        assertThat(held.service(LLAMA).gauge()).isSameAs(gauge);
    }

    @Test
    void namesKeepTheMomentWhenTheyWereFirstSeen() {
        held.serves(LLAMA, "qwen");
        Instant first = held.instant();

        held.after(Duration.ofHours(1)).serves("box/ollama", "qwen", "phi");

        assertThat(held.now().firstSeen("qwen")).contains(first);
        assertThat(held.now().firstSeen("phi")).contains(held.instant());
    }

    @Test
    void aServiceFeelsSinceItsHealthChanged() {
        held.serves(LLAMA, "qwen");
        Instant first = held.instant();

        held.after(Duration.ofHours(1)).has(LLAMA, HeldHive.serving("qwen", "phi"), Terms.NONE);
        assertThat(held.service(LLAMA).since()).isEqualTo(first);

        held.has(LLAMA, HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNHEALTHY, "on fire"), Terms.NONE);
        assertThat(held.service(LLAMA).since()).isEqualTo(held.instant());
        assertThat(held.service(LLAMA).reason()).isEqualTo("on fire");
    }

    @Test
    void aSuspicionHoldsAtOnceAndIsAChange() {
        held.serves(LLAMA, "qwen");
        held.hive().onChange(changes::incrementAndGet);

        held.hive().suspect(LLAMA, ServiceHealth.UNREACHABLE, "nobody listens");

        assertThat(changes).hasValue(1);
        assertThat(held.service(LLAMA).health()).isEqualTo(ServiceHealth.UNREACHABLE);
        assertThat(held.service(LLAMA).reason()).isEqualTo("nobody listens");
    }

    @Test
    void aLookFromBeforeTheNodeWasAskedDoesNotEndASuspicion() {
        held.serves(LLAMA, "qwen");
        held.look(LLAMA, HeldHive.serving("qwen"), Terms.NONE);
        held.hive().suspect(LLAMA, ServiceHealth.UNREACHABLE, "nobody listens");

        assertThat(held.beat("box").lookAgain()).containsExactly("llama");
        assertThat(held.service(LLAMA).health()).isEqualTo(ServiceHealth.UNREACHABLE);

        held.beat("box");
        assertThat(held.service(LLAMA).health()).isEqualTo(ServiceHealth.UNREACHABLE);
    }

    @Test
    void aLookAfterTheNodeWasAskedEndsASuspicion() {
        held.serves(LLAMA, "qwen");
        held.hive().suspect(LLAMA, ServiceHealth.UNREACHABLE, "nobody listens");
        held.beat("box");

        held.serves(LLAMA, "qwen");

        assertThat(held.service(LLAMA).health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(held.beat("box").lookAgain()).isEmpty();
    }

    @Test
    void aSuspectedServiceIsToBeLookedAtUntilThatWasDone() {
        held.serves(LLAMA, "qwen");
        held.hive().suspect(LLAMA, ServiceHealth.UNREACHABLE, "nobody listens");

        assertThat(held.beat("box").lookAgain()).containsExactly("llama");
        assertThat(held.beat("box").lookAgain()).containsExactly("llama");
    }

    @Test
    void aNodeThatStartedAnewEndsASuspicion() {
        held.serves(LLAMA, "qwen");
        held.serves(LLAMA, "qwen");
        held.hive().suspect(LLAMA, ServiceHealth.UNREACHABLE, "nobody listens");

        held.restart(LLAMA, HeldHive.serving("qwen"));
        held.beat("box");

        assertThat(held.service(LLAMA).health()).isEqualTo(ServiceHealth.HEALTHY);
    }

    @Test
    void aDoubtIsHandedOutOnceAndOnlyToItsHost() {
        held.serves(LLAMA, "qwen").serves("attic/llama", "qwen");

        held.hive().lookAgain(LLAMA);

        assertThat(held.beat("attic").lookAgain()).isEmpty();
        assertThat(held.beat("box").lookAgain()).containsExactly("llama");
        assertThat(held.beat("box").lookAgain()).isEmpty();
    }

    @Test
    void nobodyIsAskedToLookAtWhatIsNotThere() {
        held.serves(LLAMA, "qwen");

        held.hive().lookAgain("box/gone");
        held.hive().suspect("box/gone", ServiceHealth.UNREACHABLE, "nobody listens");

        assertThat(held.beat("box").lookAgain()).isEmpty();
    }

    private static Registration registration(Optional<String> id) {
        return new Registration(id, "box", "", "0", Map.of(), new Platform("Linux", "amd64", 4, 0));
    }
}
