package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.Urgency;
import dev.geniehive.control.hive.Gauge;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.routing.ById;
import dev.geniehive.control.routing.Claim;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.protocol.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LineTest {
    private static final Router ROUTER = new Router(RoutingRules.DEFAULTS, new ById(), Set.of("openai"), () -> 0);

    private final HeldHive held = new HeldHive();
    private final Scene observer = new Scene(Map.of());
    private final Line line = new Line(System::nanoTime, observer);
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
        oneSlot();
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
    void letsKeysTakeTurnsHoweverMuchOneOfThemHasWaiting() throws Exception {
        oneSlot();
        Reservation busy = reserve("qwen");
        Future<Reservation> first = queued(asks("qwen").of("greedy", Urgency.INTERACTIVE));
        Future<Reservation> second = queued(asks("qwen").of("greedy", Urgency.INTERACTIVE));
        Future<Reservation> other = queued(asks("qwen").of("modest", Urgency.INTERACTIVE));

        busy.close();
        first.get().close();

        assertThat(service(other.get())).isEqualTo("box/a");
        assertThat(second.isDone()).isFalse();
    }

    @Test
    void servesWhoeverSitsAndWaitsFirst() throws Exception {
        oneSlot();
        Reservation busy = reserve("qwen");
        Future<Reservation> batch = queued(asks("qwen").of("key", Urgency.BATCH));
        Future<Reservation> person = queued(asks("qwen").of("key", Urgency.INTERACTIVE));

        busy.close();

        assertThat(service(person.get())).isEqualTo("box/a");
        assertThat(batch.isDone()).isFalse();
    }

    @Test
    void servesTheQueueWithTheHigherPriorityFirst() throws Exception {
        oneSlot();
        Reservation busy = reserve("qwen");
        Future<Reservation> shared = queued("qwen");
        Future<Reservation> urgent = queued(
                asks("qwen").in(new QueueRules("urgent", 10, 9, Duration.ofMinutes(1), List.of(), Optional.empty())));

        busy.close();

        assertThat(service(urgent.get())).isEqualTo("box/a");
        assertThat(shared.isDone()).isFalse();
    }

    @Test
    void handsASlotToTheFirstWhoCanUseIt() throws Exception {
        oneSlot().has("box/b", HeldHive.serving("phi"), HeldHive.atMost(1));
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
        oneSlot().serves("box/b", "phi");
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        Reservation phi = line.reserve(asks("phi").depth(1));

        assertThat(service(phi)).isEqualTo("box/b");
        assertThat(waits.isDone()).isFalse();
    }

    @Test
    void refusesWhenTheQueueIsFullAndSaysWhenThatMayBeOver() throws Exception {
        oneSlot();
        reserve("qwen");
        gauge("box/a").sawHeld(7_000);
        Future<Reservation> waits = queued("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(asks("qwen").depth(1)))
                .withMessageContaining("1 requests wait already in the queue 'shared', which takes 1")
                .withMessageContaining("routing.max-queue")
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("queue_full"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_MANY_REQUESTS))
                .satisfies(e -> assertThat(e.problem().retryAfter()).contains(Duration.ofSeconds(14)));
        assertThat(line.waiting()).isEqualTo(1);
        assertThat(waits.isDone()).isFalse();
        assertThat(line.state("shared").counts().refused()).isEqualTo(1);
    }

    @Test
    void whereNoSlotWasEverGivenBackItSaysHowLongTheFirstHasWaited() throws Exception {
        oneSlot();
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(asks("qwen").depth(1)))
                .satisfies(e -> assertThat(e.problem().retryAfter().orElseThrow())
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4)));
        assertThat(waits.isDone()).isFalse();
    }

    @Test
    void aFullQueueTurnsAwayABatchForSomebodyWhoSitsAndWaits() throws Exception {
        oneSlot();
        reserve("qwen");
        Future<Reservation> batch = queued(asks("qwen").depth(1).of("key", Urgency.BATCH));

        HeldAsking person = asks("qwen").depth(1);
        Future<Reservation> waits = threads.submit(() -> line.reserve(person));

        assertThat(refusal(batch).problem().code()).isEqualTo("queue_full");
        person.entered().take();
        assertThat(waits.isDone()).isFalse();
        assertThat(line.waiting()).isEqualTo(1);
    }

    @Test
    void noLineAtAllRefusesAtOnce() throws Exception {
        oneSlot();
        reserve("qwen").close();
        reserve("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(asks("qwen").depth(0)));
    }

    @Test
    void refusesWhoWaitedTooLongAndForgetsIt() throws Exception {
        oneSlot();
        reserve("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(asks("qwen").deadline(Duration.ofMillis(30))))
                .withMessageContaining("routing.queue-timeout")
                .satisfies(e -> assertThat(e.problem().retryAfter()).isPresent());
        assertThat(line.waiting()).isZero();
        assertThat(gauge("box/a").inFlight()).isEqualTo(1);
        assertThat(line.state("shared").counts().expired()).isEqualTo(1);
    }

    @Test
    void overflowsAfterItsDeadlineAndNotBefore() throws Exception {
        overflowing("Q4");
        reserve("qwen");
        long asked = System.nanoTime();

        Reservation overflowed = line.reserve(asks("qwen").overflowingAfter(Duration.ofMillis(60)));

        assertThat(service(overflowed)).isEqualTo("cloud/z");
        assertThat(overflowed.overflow()).isTrue();
        assertThat(System.nanoTime() - asked).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(60));
        assertThat(line.state("shared").counts().overflowed()).isEqualTo(1);
    }

    @Test
    void neverOverflowsToOtherWeightsNorWhereThatWasNotAllowed() throws Exception {
        overflowing("Q8");
        reserve("qwen");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(asks("qwen")
                        .in(new QueueRules(
                                "shared",
                                0,
                                9,
                                Duration.ofMillis(60),
                                List.of(),
                                Optional.of(Duration.ofMillis(10))))));
        overflowing("Q4");
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> line.reserve(asks("qwen").deadline(Duration.ofMillis(30))));
    }

    private void overflowing(String quantization) {
        held.has("box/a", HeldHive.having(Asset.loaded("qwen").quantized("Q4")), HeldHive.atMost(1))
                .has(
                        "cloud/z",
                        HeldHive.having(Asset.loaded("qwen").quantized(quantization)),
                        new Terms(Map.of(), 0, 0, OptionalInt.of(1), "overflow"));
    }

    @Test
    void decidesAnewWhenTheHiveHasChanged() throws Exception {
        oneSlot();
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        held.serves("box/b", "qwen");

        assertThat(service(waits.get())).isEqualTo("box/b");
    }

    @Test
    void seesAChangeBetweenDecidingAndEntering() throws Exception {
        oneSlot();
        reserve("qwen");
        AtomicInteger decisions = new AtomicInteger();

        Reservation reserved = line.reserve(HeldAsking.of(() -> {
            Decision decision = decide("qwen", false);
            if (decisions.incrementAndGet() == 1) {
                held.serves("box/b", "qwen");
            }
            return decision;
        }));

        assertThat(service(reserved)).isEqualTo("box/b");
    }

    @Test
    void refusesWhoWaitsForSomethingThatIsGone() throws Exception {
        oneSlot();
        reserve("qwen");
        Future<Reservation> waits = queued("qwen");

        held.drop("box/a");
        held.beat("box");

        assertThat(refusal(waits).kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(line.waiting()).isZero();
    }

    @Test
    void whoGivesUpLeavesNoSlotTaken() throws Exception {
        oneSlot();
        Reservation busy = reserve("qwen");
        HeldAsking gives = asks("qwen");
        Thread gaveUp = Thread.ofVirtual().start(() -> reserveAndGiveBack(gives));
        gives.entered().take();
        Future<Reservation> next = queued("qwen");

        gaveUp.interrupt();
        busy.close();

        next.get().close();
        gaveUp.join();
        assertThat(gauge("box/a").inFlight()).isZero();
        assertThat(line.waiting()).isZero();
    }

    /** The slot may come in the very moment of the interruption. */
    private void reserveAndGiveBack(HeldAsking asking) {
        try {
            line.reserve(asking).close();
        } catch (InterruptedException gaveUp) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsThePlaceAndHowLongItMayTakeWheneverItIsAsked() throws Exception {
        oneSlot();
        Reservation busy = reserve("qwen");
        gauge("box/a").sawHeld(2_000);
        Future<Reservation> first = queued("qwen");
        HeldAsking asking = asks("qwen");
        Future<Reservation> second = threads.submit(() -> line.reserve(asking));
        Supplier<Progress.Waiting> place = asking.entered().take();

        assertThat(place.get())
                .isEqualTo(new Progress.Waiting("queued", OptionalInt.of(2), Optional.of(Duration.ofSeconds(4))));
        assertThat(line.state("shared").estimate()).contains(Duration.ofSeconds(6));
        busy.close();
        first.get();

        assertThat(place.get().position()).hasValue(1);
        assertThat(second.isDone()).isFalse();
    }

    @Test
    void countsWhatBecomesOfRequests() throws Exception {
        oneSlot();
        Reservation busy = reserve("qwen");
        Future<Reservation> waits = queued(asks("qwen").of("key", Urgency.BATCH));
        assertThat(line.state("shared").batch()).isEqualTo(1);
        assertThat(line.state("shared").oldestWait()).isPositive();

        busy.close();
        waits.get().close();

        QueueState state = line.state("shared");
        assertThat(state.depth()).isZero();
        assertThat(state.counts().served()).isEqualTo(2);
        assertThat(state.counts().waited()).isEqualTo(1);
        assertThat(state.counts().waitedNanos()).isPositive();
        assertThat(observer.opened()).containsOnly("shared");
    }

    @Test
    void losesNoSlotAndWakesEverybodyUnderLoad() throws Exception {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(2))
                .has("box/b", HeldHive.serving("qwen"), HeldHive.atMost(1));
        List<Future<Integer>> busy = IntStream.range(0, 16)
                .mapToObj(seed -> threads.submit(() -> workThrough(new Random(seed), "key" + seed % 5)))
                .toList();

        for (Future<Integer> worker : busy) {
            while (!worker.isDone()) {
                line.hiveChanged();
            }
            assertThat(worker.get()).isEqualTo(300);
        }
        assertThat(gauge("box/a").inFlight()).isZero();
        assertThat(gauge("box/b").inFlight()).isZero();
        assertThat(line.waiting()).isZero();
    }

    /** On an idle machine it takes about a tenth of that; a walk over all who wait for each slot would take far more. */
    @Test
    void handsOutASlotTenThousandTimesThoughTenThousandWait() throws Exception {
        oneSlot();
        Reservation busy = reserve("qwen");
        int size = 10_000;
        CountDownLatch served = new CountDownLatch(size);
        for (int i = 0; i < size; i++) {
            HeldAsking asking = asks("qwen").depth(size).of("key" + i % 50, Urgency.INTERACTIVE);
            threads.execute(() -> serve(asking, served));
        }
        while (line.waiting() < size) {
            Thread.onSpinWait();
        }

        long from = System.nanoTime();
        busy.close();
        served.await();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from)).isLessThan(5_000);
        assertThat(line.state("shared").counts().served()).isEqualTo(size + 1);
    }

    private void serve(HeldAsking asking, CountDownLatch served) {
        try (Reservation reserved = line.reserve(asking)) {
            assertThat(service(reserved)).isEqualTo("box/a");
            served.countDown();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private int workThrough(Random random, String key) throws InterruptedException {
        int served = 0;
        for (int round = 0; round < 300; round++) {
            Urgency urgency = random.nextBoolean() ? Urgency.BATCH : Urgency.INTERACTIVE;
            try (Reservation reserved = line.reserve(asks("qwen").depth(100).of(key, urgency))) {
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

    private HeldHive oneSlot() {
        return held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1));
    }

    private HeldAsking asks(String model) {
        return HeldAsking.of(overflow -> decide(model, overflow));
    }

    private Reservation reserve(String model) throws InterruptedException {
        return line.reserve(asks(model));
    }

    private Future<Reservation> queued(String model) throws InterruptedException {
        return queued(asks(model));
    }

    /** Comes back once the request stands in the line. */
    private Future<Reservation> queued(HeldAsking asking) throws InterruptedException {
        Future<Reservation> reservation = threads.submit(() -> line.reserve(asking));
        asking.entered().take();
        return reservation;
    }

    private static GenieException refusal(Future<Reservation> waits) throws InterruptedException {
        try {
            throw new AssertionError("served by " + service(waits.get()));
        } catch (ExecutionException refused) {
            return (GenieException) Objects.requireNonNull(refused.getCause());
        }
    }

    private Decision decide(String model, boolean overflow) {
        return ROUTER.decide(
                held.now(), new RouteRequest(Operation.CHAT, model), Need.NOTHING.with(new Claim(List.of(), overflow)));
    }

    private Gauge gauge(String service) {
        return held.service(service).gauge();
    }

    private static String service(Reservation reservation) {
        return reservation.chosen().offer().service().id();
    }
}
