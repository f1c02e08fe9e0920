package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.hive.Gauge;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.routing.ById;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LineTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Router ROUTER = new Router(RoutingRules.DEFAULTS, new ById(), Set.of("openai"), () -> 0);

    private final HeldHive held = new HeldHive();
    private final Line line = new Line(System::nanoTime);
    private final BlockingQueue<Integer> positions = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    LineTest() {
        held.hive().onChange(line::hiveChanged);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void takesTheFirstFreeSlotInRankedOrder() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1))
                .has("box/b", HeldHive.serving("qwen"), HeldHive.atMost(1));

        assertThat(service(reserve("qwen"))).isEqualTo("box/a");
        assertThat(service(reserve("qwen"))).isEqualTo("box/b");
        assertThat(line.waiting()).isZero();
    }

    @Test
    void servesFirstComeFirst() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        Reservation busy = reserve("qwen");
        Future<Reservation> first = queued("qwen");
        Future<Reservation> second = queued("qwen");

        busy.close();
        Reservation served = first.get();
        assertThat(second.isDone()).isFalse();
        served.close();

        second.get().close();
        assertThat(gauge("box/a").inFlight()).isZero();
        assertThat(line.waiting()).isZero();
    }

    @Test
    void handsASlotToTheFirstWhoCanUseIt() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1))
                .has("box/b", HeldHive.serving("phi"), HeldHive.atMost(1));
        reserve("qwen");
        Reservation phi = reserve("phi");
        Future<Reservation> waitsForQwen = queued("qwen");
        Future<Reservation> waitsForPhi = queued("phi");

        phi.close();

        assertThat(service(waitsForPhi.get())).isEqualTo("box/b");
        assertThat(waitsForQwen.isDone()).isFalse();
    }

    @Test
    void doesNotQueueWhoeverCanBeServedAtOnceHoweverLongTheLine() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1)).serves("box/b", "phi");
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        Reservation phi = line.reserve(() -> decide("phi"), 1, LONG, positions::add);

        assertThat(service(phi)).isEqualTo("box/b");
        assertThat(waits.isDone()).isFalse();
    }

    @Test
    void refusesWhenTheLineIsFull() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(() -> decide("qwen"), 1, LONG, positions::add))
                .withMessageContaining("1 requests wait already (routing.max-queue)")
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("queue_full"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_MANY_REQUESTS))
                .satisfies(e -> assertThat(e.problem().retryAfter()).isPresent());
        assertThat(line.waiting()).isEqualTo(1);
        assertThat(waits.isDone()).isFalse();
    }

    @Test
    void noLineAtAllRefusesAtOnce() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        reserve("qwen").close();
        reserve("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(() -> decide("qwen"), 0, LONG, positions::add));
    }

    @Test
    void refusesWhoWaitedTooLongAndForgetsIt() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        reserve("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(() -> decide("qwen"), 9, Duration.ofMillis(30), positions::add))
                .withMessageContaining("routing.queue-timeout");
        assertThat(line.waiting()).isZero();
        assertThat(gauge("box/a").inFlight()).isEqualTo(1);
    }

    @Test
    void decidesAnewWhenTheHiveHasChanged() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        held.serves("box/b", "qwen");

        assertThat(service(waits.get())).isEqualTo("box/b");
    }

    @Test
    void seesAChangeBetweenDecidingAndEntering() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        reserve("qwen");
        AtomicInteger decisions = new AtomicInteger();

        Reservation reserved = line.reserve(
                () -> {
                    Decision decision = decide("qwen");
                    if (decisions.incrementAndGet() == 1) {
                        held.serves("box/b", "qwen");
                    }
                    return decision;
                },
                9,
                LONG,
                positions::add);

        assertThat(service(reserved)).isEqualTo("box/b");
    }

    @Test
    void refusesWhoWaitsForSomethingThatIsGone() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        held.drop("box/a");
        held.beat("box");

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(waits::get)
                .withCauseInstanceOf(GenieException.class);
        assertThat(line.waiting()).isZero();
    }

    @Test
    void whoGivesUpLeavesNoSlotTaken() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        Reservation busy = reserve("qwen");
        Thread gaveUp = Thread.ofVirtual().start(this::reserveAndGiveBack);
        assertThat(positions.take()).isEqualTo(1);
        Future<Reservation> next = queued("qwen");

        gaveUp.interrupt();
        busy.close();

        next.get().close();
        gaveUp.join();
        assertThat(gauge("box/a").inFlight()).isZero();
        assertThat(line.waiting()).isZero();
    }

    /** The slot may come in the very moment of the interruption. */
    private void reserveAndGiveBack() {
        try {
            reserve("qwen").close();
        } catch (InterruptedException gaveUp) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsThePlaceInTheLine() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
        reserve("qwen");
        Future<Reservation> first = queue("qwen");
        assertThat(positions.take()).isEqualTo(1);
        Future<Reservation> second = queue("qwen");

        assertThat(IntStream.range(0, 3).mapToObj(one -> taken())).contains(2);
        assertThat(first.isDone() || second.isDone()).isFalse();
    }

    @Test
    void losesNoSlotAndWakesEverybodyUnderLoad() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(2))
                .has("box/b", HeldHive.serving("qwen"), HeldHive.atMost(1));
        List<Future<Integer>> busy = IntStream.range(0, 16)
                .mapToObj(seed -> threads.submit(() -> workThrough(new Random(seed))))
                .toList();

        for (Future<Integer> worker : busy) {
            assertThat(worker.get()).isEqualTo(300);
        }
        assertThat(gauge("box/a").inFlight()).isZero();
        assertThat(gauge("box/b").inFlight()).isZero();
        assertThat(line.waiting()).isZero();
    }

    private int workThrough(Random random) throws InterruptedException {
        int served = 0;
        for (int round = 0; round < 300; round++) {
            try (Reservation reserved = line.reserve(() -> decide("qwen"), 100, LONG, position -> {})) {
                assertThat(reserved.chosen().offer().service().gauge().inFlight())
                        .isBetween(1, 2);
                if (random.nextBoolean()) {
                    Thread.onSpinWait();
                }
                served++;
            }
        }
        return served;
    }

    private Reservation reserve(String model) throws InterruptedException {
        return line.reserve(() -> decide(model), 9, LONG, positions::add);
    }

    private Future<Reservation> queue(String model) {
        return threads.submit(() -> reserve(model));
    }

    /** Comes back once the request stands in the line. */
    private Future<Reservation> queued(String model) throws InterruptedException {
        positions.clear();
        int before = line.waiting();
        Future<Reservation> reservation = queue(model);
        while (line.waiting() == before) {
            positions.poll(10, TimeUnit.MILLISECONDS);
        }
        return reservation;
    }

    private int taken() {
        try {
            return positions.take();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private Decision decide(String model) {
        return ROUTER.decide(held.now(), new RouteRequest(Operation.CHAT, model), Need.NOTHING);
    }

    private Gauge gauge(String service) {
        return held.service(service).gauge();
    }

    private static String service(Reservation reservation) {
        return reservation.chosen().offer().service().id();
    }
}
