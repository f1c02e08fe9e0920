package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.DirectiveResult;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Telemetry;
import dev.geniehive.protocol.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes on other machines need of the hive. */
class HiveOfNodesTest {
    private static final String LLAMA = "box/llama";
    private static final Instant LONG_AGO = Instant.parse("2025-12-24T00:00:00Z");

    private final HeldHive held = new HeldHive();

    @Test
    void aBeatOfTheGenerationThatIsHeldNeedsNoServicesAndLeavesTheVerySnapshot() {
        held.serves(LLAMA, "qwen");
        HiveSnapshot before = held.now();

        HeartbeatAnswer answer = held.after(Duration.ofSeconds(1)).hive().report(bare("box", 1));

        assertThat(answer.resend()).isFalse();
        assertThat(answer.directives()).isEmpty();
        assertThat(held.now()).isSameAs(before);
        assertThat(held.hive().lastSeen("box")).isEqualTo(held.instant());
    }

    @Test
    void aBeatOfAnotherGenerationIsHeardAndToBeSentAgain() {
        held.serves(LLAMA, "qwen");

        assertThat(held.hive().report(bare("box", 2)).resend()).isTrue();

        assertThat(held.now().services()).containsOnlyKeys(LLAMA);
        assertThat(held.hive().report(bare("box", 1)).resend()).isFalse();
    }

    @Test
    void aNodeThatRegistersAgainTellsAllItHas() {
        held.serves(LLAMA, "qwen");

        held.register("box");

        assertThat(held.hive().report(bare("box", 1)).resend()).isTrue();
    }

    @Test
    void knowsHowAHostFeels() {
        held.register("box");
        assertThat(held.hive().telemetry("box")).isEmpty();
        Telemetry hot =
                new Telemetry(OptionalDouble.of(0.9), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        held.hive().report(new Heartbeat("box", 1, Optional.empty(), Optional.of(hot), List.of()));
        held.hive().report(bare("box", 1));

        assertThat(held.hive().telemetry("box")).contains(hot);
    }

    @Test
    void hostsOfAnEarlierLifeAreLostAndTheirNamesAreKnown() {
        restore();

        assertThat(held.known("box").status()).isEqualTo(Host.Status.LOST);
        assertThat(held.hive().lastSeen("box")).isEqualTo(LONG_AGO);
        assertThat(held.now().services()).isEmpty();
        assertThat(held.now().offers("qwen")).hasSize(1);
        assertThat(held.hive().performances()).containsOnlyKeys(LLAMA);
    }

    @Test
    void aHostOfAnEarlierLifeIsBackOnceItHasToldWhatItHas() {
        restore();

        assertThat(held.hive().report(bare("box", 7)).resend()).isTrue();
        assertThat(held.known("box").online())
                .as("what it had may be gone by now")
                .isFalse();

        held.hive().report(Heartbeat.full("box", 7, List.of(report("llama", 3))));
        assertThat(held.known("box").online()).isTrue();
        assertThat(held.service(LLAMA).gauge().performance("qwen").firstTokenMillis())
                .isEqualTo(42.0);
    }

    @Test
    void aLostHostIsBackWithABeatOfTheGenerationThatIsHeld() {
        held.serves(LLAMA, "qwen").after(Duration.ofSeconds(6)).sweep();
        assertThat(held.known("box").online()).isFalse();

        held.hive().report(bare("box", 1));

        assertThat(held.known("box").online()).isTrue();
        assertThat(held.now().services()).containsOnlyKeys(LLAMA);
    }

    @Test
    void bytesOnItsLinkCountLikeHeartbeats() {
        held.serves(LLAMA, "qwen").after(Duration.ofSeconds(4)).hive().heard("box");
        held.hive().heard("nobody");

        assertThat(held.after(Duration.ofSeconds(4)).sweep()).isEmpty();
        assertThat(held.after(Duration.ofSeconds(2)).sweep()).containsExactly("box");
    }

    @Test
    void bytesOnItsLinkDoNotBringALostHostBack() {
        held.serves(LLAMA, "qwen").after(Duration.ofSeconds(6)).sweep();

        held.hive().heard("box");
        held.sweep();

        assertThat(held.known("box").online()).isFalse();
    }

    @Test
    void nobodyIsLostBecauseThisProcessStoodStill() {
        held.serves(LLAMA, "qwen").sweep();

        assertThat(held.after(Duration.ofMinutes(10)).sweep()).isEmpty();
        assertThat(held.known("box").online()).isTrue();

        for (int second = 0; second < 5; second++) {
            assertThat(held.after(Duration.ofSeconds(1)).sweep()).isEmpty();
        }
        assertThat(held.after(Duration.ofSeconds(1)).sweep()).containsExactly("box");
    }

    @Test
    void manyWhoFallSilentAtOnceAreSparedForAWhileAndThatIsShown() {
        for (int i = 0; i < 6; i++) {
            held.serves("n" + i + "/llama", "qwen").linked("n" + i, 4);
        }

        assertThat(held.after(Duration.ofSeconds(6)).sweep()).isEmpty();

        assertThat(held.hive().massSilence().orElseThrow().hosts()).hasSize(6);
        assertThat(held.now().services()).hasSize(6);
        for (int second = 0; second < 9; second++) {
            assertThat(held.after(Duration.ofSeconds(1)).sweep()).isEmpty();
        }
        assertThat(held.after(Duration.ofSeconds(1)).sweep()).hasSize(6);
        assertThat(held.hive().massSilence()).isEmpty();
    }

    @Test
    void manyWhoClosedTheirConnectionsAreLostInTime() {
        for (int i = 0; i < 6; i++) {
            held.serves("n" + i + "/llama", "qwen").linked("n" + i, 4);
        }
        held.sweep();

        for (int i = 0; i < 6; i++) {
            held.linked("n" + i, 0);
        }
        for (int second = 0; second < 5; second++) {
            assertThat(held.after(Duration.ofSeconds(1)).sweep()).isEmpty();
        }
        assertThat(held.after(Duration.ofSeconds(1)).sweep()).hasSize(6);
    }

    @Test
    void drainsAHostAndGivesItRequestsAgain() {
        held.serves(LLAMA, "qwen");

        assertThat(held.hive().drain("box", true)).isTrue();
        assertThat(held.known("box").status()).isEqualTo(Host.Status.DRAINING);
        held.serves(LLAMA, "qwen", "phi");
        held.register("box");
        assertThat(held.now().offers("phi")).extracting(Offer::host).containsExactly(Host.Status.DRAINING);

        held.hive().drain("box", false);
        assertThat(held.known("box").status()).isEqualTo(Host.Status.ONLINE);
        assertThat(held.hive().drain("moon", true)).isFalse();
    }

    @Test
    void forgetsARemovedHostAndItsNames() {
        held.serves(LLAMA, "qwen");

        assertThat(held.hive().remove("box")).isTrue();

        assertThat(held.now().hosts()).isEmpty();
        assertThat(held.now().offers("qwen")).isEmpty();
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> held.hive().report(bare("box", 1)));
        assertThat(held.hive().remove("box")).isFalse();
    }

    @Test
    void asksForOneLookUnderOneIdUntilItsResultIsTold() {
        held.serves(LLAMA, "qwen");
        held.hive().suspect(LLAMA, ServiceHealth.UNREACHABLE, "nobody listens");

        Directive first = held.hive().report(bare("box", 1)).directives().getFirst();
        assertThat(held.hive().report(bare("box", 1)).directives()).containsExactly(first);

        HeartbeatAnswer answer = held.hive()
                .report(new Heartbeat(
                        "box",
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new DirectiveResult(first.id(), true, ""))));
        assertThat(answer.acknowledged()).containsExactly(first.id());
        assertThat(answer.resend())
                .as("that it looked stands in its report, also if nothing changed")
                .isTrue();

        held.hive().report(Heartbeat.full("box", 1, List.of(report("llama", 2))));
        assertThat(held.service(LLAMA).health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(held.hive().report(bare("box", 1)).directives()).isEmpty();
    }

    @Test
    void asksNothingOfANodeThatHasNothingToSeeTo() {
        held.serves(LLAMA, "qwen");

        assertThat(held.beat("box").directives())
                .as("a look at no service would be one at all of them")
                .isEmpty();
    }

    @Test
    @Timeout(10)
    void aRefreshEndsWithTheResultOfTheNode() throws Exception {
        held.serves(LLAMA, "qwen");
        CountDownLatch nudged = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> refreshed =
                    threads.submit(() -> held.hive().refresh("box", nudged::countDown, Duration.ofSeconds(9)));
            nudged.await();

            Directive look = held.hive().report(bare("box", 1)).directives().getFirst();
            assertThat(look).isEqualTo(new Directive.Look(look.id(), Set.of()));
            held.hive()
                    .report(new Heartbeat(
                            "box",
                            1,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(new DirectiveResult(look.id(), true, ""))));

            assertThat(refreshed.get()).isTrue();
        }
        assertThat(held.hive().report(bare("box", 1)).directives()).isEmpty();
    }

    @Test
    void aRefreshDoesNotWaitForever() throws Exception {
        held.serves(LLAMA, "qwen");

        assertThat(held.hive().refresh("box", () -> {}, Duration.ofMillis(5))).isFalse();
        assertThat(held.hive().report(bare("box", 1)).directives())
                .as("nobody waits for it any more")
                .isEmpty();
    }

    private void restore() {
        held.hive()
                .restore(
                        List.of(new Remembered(
                                "box",
                                new Registration(
                                        Optional.of("box"), "box", "", "0", Map.of(), new Platform("", "", 1, 0)),
                                false,
                                LONG_AGO,
                                List.of(report("llama", 0)))),
                        List.of(
                                new Learned(LLAMA, "qwen", Json.parse("{\"first_token_ms\":42}"), Duration.ofDays(1)),
                                new Learned("gone/x", "qwen", Json.object(), Duration.ZERO)));
    }

    private static ServiceReport report(String name, long looks) {
        return new ServiceReport(name, "llamacpp", new Reach.Link(), Terms.NONE, HeldHive.serving("qwen"), looks);
    }

    private static Heartbeat bare(String host, long generation) {
        return new Heartbeat(host, generation, Optional.empty(), Optional.empty(), List.of());
    }
}
