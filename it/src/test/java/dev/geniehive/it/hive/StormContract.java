package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.Flavor;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Engines are killed, slowed and filled while clients ask for everything there is. Each client gets an answer or the right
 * error, never a hang or a silent end, and afterwards all is as it was.
 */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StormContract {
    private static final long SEED = 20_261_122;
    private static final int CLIENTS_PER_WISH = 3;
    private static final int MOST_REQUESTS = 40;
    private static final long LEAST_SECONDS = 6;
    private static final long MOST_SECONDS = 40;

    private final List<Besieged> engines = List.of(
            Besieged.serving(Flavor.OPENAI, Wish.TALKS),
            Besieged.serving(Flavor.SPEACHES, Wish.HEARS),
            Besieged.serving(Flavor.OPENAI, Wish.TALKS),
            Besieged.serving(Flavor.SPEACHES, Wish.HEARS),
            Besieged.serving(Flavor.OPENAI, Wish.TALKS));
    private final Place hive;
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();
    private final List<Group> groups = Stream.of(Wish.values())
            .map(wish -> new Group(wish, new CountDownLatch(1)))
            .toList();
    private final Semaphore ended = new Semaphore(0);

    /**
     * The clients with one wish.
     *
     * @param granted open as soon as it was granted to one of them
     */
    private record Group(Wish wish, CountDownLatch granted) {}

    /** What one request came to. */
    private record Result(Wish wish, Wish.Ending ending, String text) {}

    StormContract(Form form, Path folder) {
        List<String> services = new ArrayList<>();
        for (Besieged engine : engines) {
            boolean hears = services.size() % 2 == 1;
            services.add("{ name: e%d, url: \"%s\", engine: %s, max-concurrent: 2 }"
                    .formatted(services.size() + 1, engine.uri(), hears ? "speaches" : "openai-compatible"));
        }
        hive = form.start(
                folder,
                "routing: { first-byte-timeout: 1s, stream-idle-timeout: 1s, max-queue: 8, queue-timeout: 1s }\n",
                services);
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.forEach(Besieged::close);
    }

    @Test
    void everybodyGetsAnAnswerOrTheRightError() throws Exception {
        hive.awaitServices(engines.size());

        storm();

        assertThat(results)
                .filteredOn(result -> result.ending() == Wish.Ending.WRONG)
                .isEmpty();
        Map<Wish.Ending, Integer> counts = new EnumMap<>(Wish.Ending.class);
        results.forEach(result -> counts.merge(result.ending(), 1, Integer::sum));
        assertThat(counts).containsKeys(Wish.Ending.ANSWERED, Wish.Ending.BROKEN_OFF, Wish.Ending.REFUSED);
        assertThat(results).hasSizeGreaterThan(100);
        assertThat(results)
                .as("each wish was granted now and then: %s", counts)
                .filteredOn(result -> result.ending() == Wish.Ending.ANSWERED)
                .extracting(Result::wish)
                .contains(Wish.values());
        assertNothingIsHeld();
        for (Wish wish : Wish.values()) {
            assertThat(ask(wish))
                    .as("the next %s", wish)
                    .satisfies(result ->
                            assertThat(result.ending()).as(result.text()).isEqualTo(Wish.Ending.ANSWERED));
        }
    }

    /**
     * Clients ask, one request after the other each, while one thing after the other goes wrong. Who was refused is back at
     * once, so some may have used up their requests while all their engines were dead: they go on until their wish was
     * granted once, while less goes wrong.
     */
    private void storm() throws InterruptedException {
        long begin = System.nanoTime();
        List<Thread> clients = groups.stream()
                .flatMap(group -> Stream.generate(() -> group).limit(CLIENTS_PER_WISH))
                .map(group -> Thread.ofVirtual().start(() -> askAgainAndAgain(group, begin)))
                .toList();
        Random random = new Random(SEED);
        while (clients.stream().anyMatch(Thread::isAlive)) {
            engines.get(random.nextInt(engines.size())).suffer(random);
            int requests = isBefore(begin, LEAST_SECONDS) ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
            boolean goOn = ended.tryAcquire(requests, 500, TimeUnit.MILLISECONDS);
            if (!goOn) {
                engines.get(random.nextInt(engines.size())).behave(); // nobody comes through, or it abates
            }
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    private void askAgainAndAgain(Group group, long begin) {
        for (int i = 0; i < MOST_REQUESTS && isBefore(begin, LEAST_SECONDS); i++) {
            askOnce(group);
        }
        while (!isGrantedWithin(100, group) && isBefore(begin, MOST_SECONDS)) {
            askOnce(group);
        }
    }

    private boolean isGrantedWithin(long millis, Group group) {
        try {
            return group.granted().await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isBefore(long begin, long seconds) {
        return System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds);
    }

    private void askOnce(Group group) {
        Result result = ask(group.wish());
        results.add(result);
        if (result.ending() == Wish.Ending.ANSWERED) {
            group.granted().countDown();
        }
        ended.release();
    }

    private Result ask(Wish wish) {
        String text = "nothing";
        try (RawClient client = RawClient.connect(hive.port())) {
            wish.send(client);
            Reply reply = Reply.of(client);
            text = reply.status() + " " + reply.head().headers() + " " + reply.text();
            return new Result(wish, wish.of(reply), text);
        } catch (SocketTimeoutException hangs) {
            return new Result(wish, Wish.Ending.WRONG, "hangs");
        } catch (IOException | RuntimeException | AssertionError unclear) {
            return new Result(wish, Wish.Ending.WRONG, unclear + ": " + text);
        }
    }

    private void assertNothingIsHeld() throws Exception {
        Eventually.see(
                15,
                () -> {
                    engines.forEach(Besieged::behave);
                    return engines.stream().noneMatch(Besieged::isDead);
                },
                alive -> alive);
        Eventually.see(15, () -> Outcome.get(hive.port(), "/v1/cluster/services"), Engines::allHealthy);
        Eventually.see(10, this::held, List::isEmpty);
        Eventually.see(10, () -> engines.stream().mapToInt(Besieged::inFlight).sum(), working -> working == 0);
    }

    /** {@return the services that still have places taken, and the queues in which somebody waits} */
    private List<String> held() throws IOException {
        List<String> held = new ArrayList<>();
        for (JsonNode service : list("/v1/cluster/services")) {
            if (service.get("in_flight").asInt() != 0) {
                held.add(service.toString());
            }
        }
        for (JsonNode queue : list("/v1/cluster/queues")) {
            if (queue.get("depth").asInt() != 0) {
                held.add(queue.toString());
            }
        }
        return held;
    }

    private JsonNode list(String path) throws IOException {
        return Reply.getAsOperator(hive.front(), path).json().get("data");
    }
}
