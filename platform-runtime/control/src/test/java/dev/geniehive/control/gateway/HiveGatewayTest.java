package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.testkit.FakeStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HiveGatewayTest {
    private static final String STREAM = "{\"model\":\"qwen\",\"stream\":true}";

    private final Scene scene = new Scene(Map.of());

    @Test
    void passesOnTheAnswerAndTellsWhoGaveIt() throws Exception {
        ScriptedReply reply = ScriptedReply.json(200, ScriptedReply.ANSWER);
        scene.with("box/a", invocation -> reply);

        Exchange exchange = scene.ask();
        Progress.Answered answered = (Progress.Answered) exchange.await(Scene.SOON);

        assertThat(text(answered)).isEqualTo(ScriptedReply.ANSWER);
        assertThat(answered.reply().headers())
                .isEqualTo(Headers.of(
                        "content-type", "application/json", "content-length", "" + ScriptedReply.ANSWER.length()));
        assertThat(answered.about().first("x-geniehive-service")).contains("box/a");
        assertThat(answered.about().first("x-geniehive-host")).contains("box");
        assertThat(answered.about().first("x-geniehive-model")).contains("qwen");
        assertThat(answered.about().first("x-geniehive-attempts")).contains("1");
        assertThat(answered.about().first("x-geniehive-route")).contains("asset; loaded; 1 of 1 eligible");
        assertThat(answered.about().first("x-should-retry")).isEmpty();
        assertThat(scene.inFlight()).isEqualTo(1);
        exchange.close();
        assertThat(scene.inFlight()).isZero();
        assertThat(reply.closes()).hasValue(1);
        assertThat(scene.ended()).containsExactly("qwen 4 ok");
    }

    @Test
    void closingTheReplyEndsTheExchangeAndTwiceIsHarmless() throws Exception {
        ScriptedReply reply = ScriptedReply.json(200, ScriptedReply.ANSWER);
        scene.with("box/a", invocation -> reply);
        Exchange exchange = scene.ask();

        ((Progress.Answered) exchange.await(Scene.SOON)).reply().close();
        exchange.close();

        assertThat(scene.inFlight()).isZero();
        assertThat(reply.closes()).hasValue(1);
        assertThat(scene.ended()).hasSize(1);
    }

    @Test
    void refusesAtOnceWhatNobodyHasAndWhatNamesNoModel() {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(scene::ask)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> scene.ask("{}"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("missing_model"));
    }

    @Test
    void goesToTheNextServiceWhenOneIsNotThereAndRemembersThat() throws Exception {
        scene.with("box/a", invocation -> {
                    throw new UpstreamException(Failure.REFUSED, false, "box/a: nobody listens");
                })
                .with("box/b", invocation -> ScriptedReply.json(200, ScriptedReply.ANSWER));

        Progress.Answered answered = (Progress.Answered) scene.outcome();

        assertThat(answered.about().first("x-geniehive-service")).contains("box/b");
        assertThat(answered.about().first("x-geniehive-attempts")).contains("2");
        assertThat(scene.failedOver()).containsExactly("qwen upstream_failed");
        assertThat(scene.held().service("box/a").health()).isEqualTo(ServiceHealth.UNREACHABLE);
    }

    @Test
    void goesToTheNextServiceOnAnErrorEventThatComesFirst() throws Exception {
        ScriptedReply broken = ScriptedReply.events("data: {\"error\":{\"message\":\"full\"}}\n\n");
        scene.with("box/a", invocation -> broken)
                .with("box/b", invocation -> ScriptedReply.events(ScriptedReply.EVENTS));

        Progress.Answered answered = (Progress.Answered) scene.ask(STREAM).await(Scene.SOON);

        assertThat(text(answered)).isEqualTo(ScriptedReply.EVENTS);
        assertThat(broken.closes()).hasValue(1);
        assertThat(scene.inFlight()).isEqualTo(1);
        assertThat(scene.held().beat("box").lookAgain()).containsExactly("a");
    }

    @Test
    void doesNotTryAgainWhatTheRequestItselfIsToBlameFor() throws Exception {
        scene.with("box/a", invocation -> ScriptedReply.json(400, "{\"error\":\"bad\"}"))
                .with("box/b", invocation -> ScriptedReply.json(200, ScriptedReply.ANSWER));

        Progress.Failed failed = (Progress.Failed) scene.outcome();

        assertThat(failed.problem().kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(failed.about().first("x-should-retry")).isEmpty();
        assertThat(scene.asked()).containsExactly("box/a");
        assertThat(scene.inFlight()).isZero();
    }

    @Test
    void letsARequestKillTwoEnginesAtMost() throws Exception {
        Scene.Step crash = invocation -> {
            throw new UpstreamException(Failure.BROKEN, true, "it died");
        };
        scene.with("box/a", crash).with("box/b", crash).with("box/c", crash);

        Progress.Failed failed = (Progress.Failed) scene.outcome();

        assertThat(scene.asked()).containsExactly("box/a", "box/b");
        assertThat(failed.problem().message()).isEqualTo("it died");
        assertThat(failed.about().first("x-should-retry")).contains("false");
    }

    @Test
    void triesNoMoreServicesThanAllowed() throws Exception {
        Scene.Step broken = invocation -> ScriptedReply.json(500, "{\"error\":\"no\"}");
        scene.with("box/a", broken).with("box/b", broken).with("box/c", broken).with("box/d", broken);

        Progress.Failed failed = (Progress.Failed) scene.outcome();

        assertThat(scene.asked()).containsExactly("box/a", "box/b", "box/c");
        assertThat(failed.problem().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
        assertThat(failed.about().first("x-geniehive-attempts")).contains("3");
    }

    @Test
    void whoLacksTheModelDoesNotHaveTheLastWord() throws Exception {
        scene.with("box/a", invocation -> ScriptedReply.json(500, "{\"error\":\"no\"}"))
                .with("box/b", invocation -> ScriptedReply.json(404, "{\"error\":\"no such model\"}"));

        Progress.Failed failed = (Progress.Failed) scene.outcome();

        assertThat(scene.asked()).containsExactly("box/a", "box/b");
        assertThat(failed.problem().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
        assertThat(failed.problem().message()).startsWith("box/a");
    }

    @Test
    void stopsFailingOverWhenTheBudgetIsSpent() throws Exception {
        Scene.Step broken = invocation -> ScriptedReply.json(500, "{\"error\":\"no\"}");
        scene.with("box/a", broken).with("box/b", broken).with("box/c", broken);
        for (int request = 0; request < 15; request++) {
            scene.outcome();
        }
        int before = scene.asked().size();

        scene.outcome();

        assertThat(scene.asked()).hasSize(before + 1);
    }

    @Test
    void aServiceThatKeepsFailingRestsBeforeItHasSpentTheBudget() throws Exception {
        scene.with("box/a", invocation -> ScriptedReply.json(500, "{\"error\":\"no\"}"))
                .with("box/b", invocation -> ScriptedReply.json(200, ScriptedReply.ANSWER));

        for (int request = 0; request < 100; request++) {
            try (Exchange exchange = scene.ask()) {
                assertThat(exchange.await(Scene.SOON)).isInstanceOf(Progress.Answered.class);
            }
        }

        assertThat(scene.asked()).filteredOn("box/a"::equals).hasSize(3);
    }

    @Test
    void aServiceThatRestsIsStillAskedWhereNobodyElseIs() throws Exception {
        scene.with("box/a", invocation -> ScriptedReply.json(500, "{\"error\":\"no\"}"));
        for (int request = 0; request < 5; request++) {
            scene.outcome();
        }

        assertThat(scene.asked()).hasSize(5);
    }

    @Test
    void tellsWhenToAskAgainByHowLongTheServiceRestsYet() throws Exception {
        scene.with("box/a", invocation -> ScriptedReply.json(503, "{\"error\":\"too much to do\"}"));
        scene.outcome();
        scene.outcome();

        assertThat(retryAfter()).contains(Duration.ofSeconds(5));
        scene.held().after(Duration.ofMillis(3500));
        assertThat(retryAfter()).contains(Duration.ofMillis(1500));
        scene.held().after(Duration.ofMillis(1400));
        assertThat(retryAfter()).as("never less than a second").contains(Duration.ofSeconds(1));
    }

    @Test
    void tellsWhenToAskAgainByHowLongRequestsHoldTheSlots() throws Exception {
        scene.with("box/a", invocation -> {
            scene.held().after(Duration.ofSeconds(8));
            return ScriptedReply.json(429, "{\"error\":\"slow down\"}");
        });

        assertThat(retryAfter()).contains(Duration.ofSeconds(8));
    }

    @Test
    void saysNothingOfComingBackWhereThatDoesNotHelp() throws Exception {
        scene.with("box/a", invocation -> ScriptedReply.json(400, "{\"error\":\"bad\"}"));

        assertThat(retryAfter()).isEmpty();
    }

    private Optional<Duration> retryAfter() throws InterruptedException {
        return ((Progress.Failed) scene.outcome()).problem().retryAfter();
    }

    @Test
    void anAdapterThatBreaksIsNoReasonToGiveUp() throws Exception {
        scene.with("box/a", invocation -> {
                    throw new GenieException(ErrorKind.INTERNAL, "adapter 'openai' broke");
                })
                .with("box/b", invocation -> ScriptedReply.json(200, ScriptedReply.ANSWER));

        assertThat(scene.outcome()).isInstanceOf(Progress.Answered.class);
    }

    @Test
    void waitsForAnEngineThatSaysThatItLoads() throws Exception {
        scene.with(
                "box/a",
                invocation -> ScriptedReply.json(503, "{\"error\":{\"message\":\"Loading model\"}}"),
                invocation -> ScriptedReply.json(200, ScriptedReply.ANSWER));

        Progress.Answered answered = (Progress.Answered) scene.outcome();

        assertThat(answered.about().first("x-geniehive-attempts")).contains("1");
        assertThat(scene.asked()).containsExactly("box/a", "box/a");
    }

    @Test
    void goesOnWaitingWhenTheHiveHasLearntThatItLoads() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        scene.with(
                "box/a",
                invocation -> {
                    asked.countDown();
                    return ScriptedReply.json(503, "{\"error\":{\"message\":\"Loading model\"}}");
                },
                invocation -> ScriptedReply.json(200, ScriptedReply.ANSWER));
        Exchange exchange = scene.ask();
        asked.await();
        scene.held()
                .has(
                        "box/a",
                        HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.LOADING, "soon"),
                        HeldHive.atMost(1));

        assertThat(exchange.await(Duration.ofMillis(1500))).isInstanceOf(Progress.Waiting.class);
        scene.held().has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));

        assertThat(exchange.await(Scene.SOON)).isInstanceOf(Progress.Answered.class);
        exchange.close();
    }

    @Test
    void doesNotWaitForeverForAnEngineThatLoads() throws Exception {
        scene.with("box/a", invocation -> {
            scene.held().after(Duration.ofMinutes(6));
            return ScriptedReply.json(503, "{\"error\":{\"message\":\"Loading model\"}}");
        });

        Progress.Failed failed = (Progress.Failed) scene.outcome();

        assertThat(failed.problem().code()).isEqualTo("loading");
    }

    @Test
    void freesTheSlotWhenEverythingHasFailedBeforeAnybodyCloses() throws Exception {
        scene.with("box/a", invocation -> {
            throw new IllegalStateException("a bug");
        });

        Progress.Failed failed = (Progress.Failed) scene.outcome();

        assertThat(failed.problem().kind()).isEqualTo(ErrorKind.INTERNAL);
        assertThat(failed.problem().message()).doesNotContain("a bug");
        assertThat(scene.inFlight()).isZero();
    }

    @Test
    void aReplyThatCannotBeClosedStillGivesItsSlotBack() throws Exception {
        scene.with("box/a", invocation -> new BrokenReply());
        Exchange exchange = scene.ask();
        exchange.await(Scene.SOON);

        exchange.close();

        assertThat(scene.inFlight()).isZero();
        assertThat(scene.ended()).containsExactly("qwen 0 ok");
    }

    @Test
    void closingFreesWhoIsQueued() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        scene.with("box/a", invocation -> {
            busy.countDown();
            new CountDownLatch(1).await();
            return ScriptedReply.json(200, "");
        });
        Exchange first = scene.ask();
        busy.await();
        Exchange queued = scene.ask();
        while (scene.gateway().waiting() == 0) {
            queued.await(Duration.ofMillis(5));
        }
        assertThat(queued.await(Duration.ZERO))
                .isInstanceOfSatisfying(
                        Progress.Waiting.class,
                        waiting -> assertThat(waiting.phase()).isEqualTo("queued"));

        queued.close();
        first.close();

        while (scene.inFlight() > 0) {
            // A slot may be handed to whoever gives up in this very moment, and comes back at once.
            Thread.onSpinWait();
        }
        assertThat(queued.await(Scene.SOON))
                .isInstanceOfSatisfying(
                        Progress.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("cancelled"));
        assertThat(scene.ended()).containsExactly(" 0 cancelled", " 0 cancelled");
    }

    @Test
    void closingWhileTheFirstEventIsAwaitedHangsUpAndTriesNobodyElse() throws Exception {
        FakeStream feed = new FakeStream();
        ScriptedReply reply = ScriptedReply.of(200, "text/event-stream", feed);
        scene.with("box/a", invocation -> reply)
                .with("box/b", invocation -> ScriptedReply.events(ScriptedReply.EVENTS));
        Exchange exchange = scene.ask(STREAM);
        assertThat(feed.sawReaderWaitWithin(5)).isTrue();

        exchange.close();

        assertThat(scene.inFlight()).isZero();
        assertThat(reply.closes()).hasValue(1);
        feed.breakOff();
        assertThat(scene.failedOver()).isEmpty();
        assertThat(scene.asked()).containsExactly("box/a");
    }

    @Test
    void settlesOnTheThreadThatWaits() throws Exception {
        List<Thread> pursuers = new CopyOnWriteArrayList<>();
        scene.with("box/a", invocation -> {
            pursuers.add(Thread.currentThread());
            return ScriptedReply.json(200, ScriptedReply.ANSWER);
        });

        Exchange exchange = scene.unbegun("{\"model\":\"qwen\"}");
        assertThat(exchange.await(Duration.ZERO)).isInstanceOf(Progress.Waiting.class);
        assertThat(exchange.settle()).isInstanceOf(Progress.Answered.class);
        exchange.close();

        assertThat(pursuers).containsExactly(Thread.currentThread());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void closingFreesWhoSettlesAndTriesNobodyElse() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        scene.with("box/a", invocation -> {
            busy.countDown();
            new CountDownLatch(1).await();
            return ScriptedReply.json(200, "");
        });
        scene.with("box/b", invocation -> ScriptedReply.json(200, ScriptedReply.ANSWER));
        Exchange exchange = scene.unbegun("{\"model\":\"qwen\"}");
        Thread.ofVirtual().start(() -> {
            try {
                if (exchange.settle() instanceof Progress.Failed
                        && !Thread.currentThread().isInterrupted()) {
                    freed.countDown();
                }
            } catch (InterruptedException wrong) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();

        exchange.close();

        assertThat(freed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(scene.inFlight()).isZero();
        assertThat(scene.asked()).containsExactly("box/a");
    }

    private static String text(Progress.Answered answered) throws IOException {
        return new String(answered.reply().body().readAllBytes(), StandardCharsets.UTF_8);
    }
}
