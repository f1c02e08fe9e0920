package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing meets the worker in every phase, and by two threads at once: nothing may leak, nothing be closed twice. */
@Timeout(60)
class CloseRaceTest {
    private static final int ROUNDS = 1000;

    private final Scene scene = new Scene(Map.of());
    private final Queue<ScriptedReply> replies = new ConcurrentLinkedQueue<>();
    private final AtomicInteger invocations = new AtomicInteger();
    private final Semaphore returned = new Semaphore(0);

    @Test
    void leavesNoSlotTakenAndClosesEveryReplyOnce() throws Exception {
        Random random = new Random(7);
        scene.with("box/a", this::sometimes).with("box/b", this::sometimes);
        List<Thread> closers = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Exchange exchange = scene.unbegun("{\"model\":\"qwen\",\"stream\":%s}".formatted(random.nextBoolean()));
            CountDownLatch start = new CountDownLatch(1);
            closers.add(
                    Thread.ofVirtual().start(random.nextBoolean() ? () -> settle(exchange) : () -> await(exchange)));
            int spins = random.nextInt(4_000);
            for (int closer = 0; closer < 2; closer++) {
                closers.add(Thread.ofVirtual().start(() -> closeAfter(exchange, start, spins)));
            }
            start.countDown();
        }
        for (Thread closer : closers) {
            closer.join();
        }

        returned.acquire(invocations.get());

        awaitNobodyInFlight();
        assertThat(replies).isNotEmpty();
        assertThat(replies).allSatisfy(reply -> assertThat(reply.closes()).hasValueLessThan(2));
        assertThat(scene.gateway().waiting()).isZero();
        assertThat(scene.ended()).hasSize(ROUNDS);
    }

    /**
     * A worker that was closed gives back what it got in the very moment a little later than the closer does, and one that
     * comes late takes a slot for a moment; so all of it is looked at until it holds, once.
     */
    private void awaitNobodyInFlight() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        boolean over = false;
        while (!over && System.nanoTime() < deadline) {
            over = scene.inFlight() == 0 && allClosed() && scene.ended().size() == ROUNDS;
            Thread.onSpinWait();
        }
        assertThat(over)
                .as("%d in flight, %d ended", scene.inFlight(), scene.ended().size())
                .isTrue();
    }

    private boolean allClosed() {
        return replies.stream().allMatch(reply -> reply.closes().get() > 0);
    }

    private Reply sometimes(Invocation invocation) throws InterruptedException {
        int number = invocations.incrementAndGet();
        try {
            for (int spin = 0; spin < number % 7 * 300; spin++) {
                Thread.onSpinWait();
            }
            if (number % 5 == 0) {
                throw new UpstreamException(Failure.BROKEN, false, "broke");
            }
            ScriptedReply reply = number % 3 == 0
                    ? ScriptedReply.json(500, "{}")
                    : invocation.body().facts().stream()
                            ? ScriptedReply.events(ScriptedReply.EVENTS)
                            : ScriptedReply.json(200, ScriptedReply.ANSWER);
            replies.add(reply);
            return reply;
        } finally {
            returned.release();
        }
    }

    private static void settle(Exchange exchange) {
        try {
            exchange.settle();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Exchange exchange) {
        try {
            exchange.await(Scene.SOON);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeAfter(Exchange exchange, CountDownLatch start, int spins) {
        try {
            start.await();
            for (int spin = 0; spin < spins; spin++) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
