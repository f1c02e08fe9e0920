package dev.geniehive.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Urgency;
import dev.geniehive.control.Sections;
import dev.geniehive.kernel.config.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every case of the corpus, which grows without Java: see the README in its folder. */
class QueueCasesTest {
    private static final Path CORPUS = Path.of("src/test/resources/queue-cases/order.jsonl");
    private static final Set<String> CASE = Set.of("case", "queues", "steps");
    private static final Set<String> STEP = Set.of(
            "enters",
            "key",
            "queue",
            "batch",
            "uses",
            "full",
            "displaces",
            "free",
            "gets",
            "after",
            "leaves",
            "moves",
            "waits",
            "ahead");

    /**
     * One line.
     *
     * @param where file and line
     */
    record QueueCase(String where, Json json) {
        @Override
        public String toString() {
            return where + " " + json.get("case").asString().orElse("has no name");
        }
    }

    static List<QueueCase> cases() throws IOException {
        AtomicInteger line = new AtomicInteger();
        return Files.readAllLines(CORPUS).stream()
                .flatMap(text -> {
                    int number = line.incrementAndGet();
                    return text.isBlank() || text.startsWith("#")
                            ? Stream.empty()
                            : Stream.of(new QueueCase(
                                    "order.jsonl:" + number, Json.parse(text.getBytes(StandardCharsets.UTF_8))));
                })
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void goesAsTheCaseSays(QueueCase queueCase) {
        known(queueCase.json(), CASE);
        Play play = new Play(Queues.from(Sections.of(queueCase.json().get("queues")), 512, Duration.ofSeconds(60)));

        int number = 0;
        for (Json step : queueCase.json().get("steps").items()) {
            known(step, STEP);
            play.step(step, "step %d: %s".formatted(++number, step));
        }
        assertThat(number).isPositive();
    }

    private static void known(Json json, Set<String> members) {
        assertThat(members).containsAll(((Json.Obj) json).members().keySet());
    }

    /** A case while it is played. */
    private static final class Play {
        private final Queues rules;
        private final FairQueue<String> queue = new FairQueue<>();
        private final Map<String, Ticket<String>> tickets = new HashMap<>();
        private long now;

        Play(Queues rules) {
            this.rules = rules;
        }

        void step(Json step, String what) {
            step.get("after")
                    .asString()
                    .ifPresent(time -> now += Units.duration(time).toNanos());
            step.get("enters").asString().ifPresent(name -> enter(name, step, what));
            step.get("leaves").asString().ifPresent(name -> queue.leave(ticket(name)));
            step.get("moves").asString().ifPresent(name -> queue.move(ticket(name), uses(step)));
            step.get("waits")
                    .asString()
                    .ifPresent(name -> assertThat(queue.ahead(ticket(name)))
                            .as(what)
                            .isEqualTo((int) step.get("ahead").asLong().orElseThrow()));
            step.get("free").asString().ifPresent(service -> free(service, step, what));
        }

        private void enter(String name, Json step, String what) {
            Ticket.Claim claim = new Ticket.Claim(
                    rules.of(step.get("queue").asString().orElse("shared")),
                    step.get("key").asString().orElse("anybody"),
                    step.get("batch").asBoolean().orElse(false) ? Urgency.BATCH : Urgency.INTERACTIVE);
            boolean full = step.get("full").asBoolean().orElse(false);
            switch (queue.enter(name, claim, uses(step), now)) {
                case FairQueue.Entry.Full<String> refused ->
                    assertThat(full).as(what).isTrue();
                case FairQueue.Entry.In<String> in -> {
                    assertThat(full).as(what).isFalse();
                    assertThat(in.displaced().map(Ticket::who))
                            .as(what)
                            .isEqualTo(step.get("displaces").asString());
                    tickets.put(name, in.ticket());
                }
            }
        }

        private void free(String service, Json step, String what) {
            Optional<Ticket<String>> next = queue.next(service, now);
            assertThat(next.map(Ticket::who))
                    .as(what)
                    .isEqualTo(step.get("gets").asString());
            next.ifPresent(ticket -> queue.served(ticket, service));
        }

        private Ticket<String> ticket(String name) {
            return Objects.requireNonNull(tickets.get(name), () -> name + " has not entered");
        }

        private static Set<String> uses(Json step) {
            Set<String> named = step.get("uses").items().stream()
                    .map(service -> service.asString().orElseThrow())
                    .collect(Collectors.toSet());
            return named.isEmpty() ? Set.of("box/a") : named;
        }
    }
}
