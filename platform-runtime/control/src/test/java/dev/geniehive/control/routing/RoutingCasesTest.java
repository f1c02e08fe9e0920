package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Extension;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.body.BodyLimits;
import dev.geniehive.plugin.ranking.RankingPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decides every case of the corpus, which grows without Java: see the README in its folder. */
class RoutingCasesTest {
    private static final Path CORPUS = Path.of("src/test/resources/routing-cases");
    private static final Set<String> EXPECTATIONS = Set.of(
            "status",
            "code",
            "retry_after_s",
            "says",
            "matched_by",
            "role",
            "fallback",
            "order",
            "dropped",
            "reasons",
            "sent",
            "context_at_least",
            "context_estimate",
            "queue",
            "overflow_after_s",
            "forbidden",
            "roles_refused");

    @TempDir
    private static Path folder = Path.of(".");

    private static @Nullable Bodies opened;

    @BeforeAll
    static void open() {
        opened = new Bodies(folder.resolve("spool"), BodyLimits.defaults());
    }

    @AfterAll
    static void close() {
        bodies().close();
    }

    static List<RoutingCase> cases() throws IOException {
        List<RoutingCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    if (!line.isBlank() && !line.startsWith("#")) {
                        cases.add(RoutingCase.of(file.getFileName() + ":" + number, line));
                    }
                }
            }
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isDecidedAsTheCaseSays(RoutingCase routingCase) throws IOException {
        Json expected = routingCase.json().get("expect");
        RoutingCase.known(routingCase.where(), expected, EXPECTATIONS);
        List<String> wrong = words(expected.get("roles_refused"));
        if (!wrong.isEmpty()) {
            assertThat(String.join("; ", routingCase.faults())).contains(wrong);
            return;
        }
        List<String> forbidden = words(expected.get("forbidden"));
        if (!forbidden.isEmpty()) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> routingCase.outcome(bodies()))
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.FORBIDDEN))
                    .satisfies(refused -> assertThat(refused.getMessage()).contains(forbidden));
            return;
        }
        RoutingCase.Outcome outcome = routingCase.outcome(bodies());
        Decision decision = outcome.decision();
        compare(expected, "queue", decision.queue().name());
        compare(
                expected,
                "overflow_after_s",
                decision.queue()
                        .overflowAfter()
                        .map(after -> Long.toString(after.toSeconds()))
                        .orElse("never"));

        assertThat(decision.refusal().map(problem -> problem.kind().status()).orElse(200))
                .as("status; it says: %s", decision.reason())
                .isEqualTo((int) expected.get("status").asLong().orElse(200));
        compare(expected, "code", decision.refusal().map(Problem::code).orElse(""));
        compare(
                expected,
                "retry_after_s",
                decision.refusal()
                        .flatMap(Problem::retryAfter)
                        .map(wait -> Long.toString(wait.toSeconds()))
                        .orElse("never"));
        compare(expected, "matched_by", decision.match().wireName());
        compare(
                expected,
                "role",
                decision.played().map(play -> play.role().name()).orElse(""));
        compare(
                expected,
                "fallback",
                decision.played()
                        .filter(Decision.Played::isFallback)
                        .map(play -> play.by().name())
                        .orElse(""));
        compare(expected, "context_at_least", Long.toString(decision.demand().leastTokens()));
        compare(expected, "context_estimate", Long.toString(decision.demand().likelyTokens()));
        compareCandidates(expected, decision);
        expected.get("says")
                .items()
                .forEach(words -> assertThat(decision.reason()).contains(text(words)));
        if (!expected.get("sent").equals(Json.nothing())) {
            assertThat(outcome.sent()).isEqualTo(expected.get("sent").toString());
        }
    }

    /** A case may name a service alone, or a service and one of its models. */
    private static void compareCandidates(Json expected, Decision decision) {
        List<String> order = expected.get("order").items().stream()
                .map(RoutingCasesTest::text)
                .toList();
        if (expected.get("order") instanceof Json.Arr) {
            List<String> actual = new ArrayList<>();
            for (int i = 0; i < decision.eligible().size(); i++) {
                Verdict.Eligible eligible = decision.eligible().get(i);
                boolean withModel = i < order.size() && order.get(i).contains(" ");
                actual.add(name(eligible, withModel));
            }
            assertThat(actual).as("order").isEqualTo(order);
        }
        TreeMap<String, String> drops = new TreeMap<>();
        TreeMap<String, String> reasons = new TreeMap<>();
        for (Verdict.Dropped dropped : decision.dropped()) {
            for (String name : List.of(name(dropped, true), name(dropped, false))) {
                drops.merge(name, dropped.by().wireName(), (a, b) -> a.equals(b) ? a : a + ", " + b);
                reasons.merge(name, dropped.reason().get(), (a, b) -> a + "; " + b);
            }
        }
        if (expected.get("dropped") instanceof Json.Obj wanted) {
            wanted.members()
                    .forEach((name, by) -> assertThat(drops).as("dropped").containsEntry(name, text(by)));
            assertThat(wanted.members().keySet().stream()
                            .map(name -> name.replaceFirst(" .*", ""))
                            .collect(Collectors.toSet()))
                    .as("all that are dropped")
                    .containsExactlyInAnyOrderElementsOf(drops.keySet().stream()
                            .map(name -> name.replaceFirst(" .*", ""))
                            .collect(Collectors.toSet()));
        }
        if (expected.get("reasons") instanceof Json.Obj wanted) {
            wanted.members()
                    .forEach((name, words) ->
                            assertThat(reasons.getOrDefault(name, "")).contains(text(words)));
        }
    }

    @Test
    void everyFilterHasACase() throws IOException {
        Set<String> met = new HashSet<>();
        for (RoutingCase routingCase : cases()) {
            if (routingCase.json().get("expect").get("dropped") instanceof Json.Obj drops) {
                drops.members().values().forEach(by -> met.addAll(List.of(text(by).split(", "))));
            }
        }

        assertThat(met)
                .containsAll(Arrays.stream(Drop.values()).map(Drop::wireName).toList());
    }

    @Test
    void everyRankingPolicyHasACase() throws IOException {
        Set<String> met = cases().stream().map(RoutingCase::ranking).collect(Collectors.toSet());

        assertThat(met)
                .containsAll(new RankingPlugin()
                        .extensions().stream().map(Extension::name).toList());
    }

    private static List<String> words(Json list) {
        return list.items().stream().map(RoutingCasesTest::text).toList();
    }

    private static void compare(Json expected, String member, String actual) {
        Json wanted = expected.get(member);
        if (!wanted.equals(Json.nothing())) {
            assertThat(actual).as(member).isEqualTo(text(wanted));
        }
    }

    private static String name(Verdict verdict, boolean withModel) {
        String service = verdict.offer().service().id();
        return withModel ? service + " " + verdict.offer().asset().id() : service;
    }

    private static String text(Json json) {
        return json.asString().orElse(json.toString());
    }

    private static Bodies bodies() {
        return Objects.requireNonNull(opened);
    }
}
