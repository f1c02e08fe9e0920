package dev.geniehive.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final Path DOCUMENT = Path.of("../../docs/routing-policies.md");
    private static final Table TABLE = Table.of(Table.SEED);

    @Test
    void theDocumentShowsWhatComesOut() throws IOException {
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("simulation.write")) {
            Files.writeString(DOCUMENT, TABLE.in(document));
            return;
        }
        assumeTrue(
                Objects.equals(System.getProperty("os.arch"), "amd64"),
                "logarithms differ in their last bit elsewhere");

        assertThat(document)
                .as("write it anew: ./mvnw -pl it/simulation -am verify -Dtest=SimulationTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.write=true")
                .isEqualTo(TABLE.in(document));
    }

    @Test
    void everyRequestEndsWhateverHappens() {
        for (Scenario scenario : Scenario.all()) {
            assertThat(TABLE.of(scenario.name()))
                    .hasSize(8)
                    .allSatisfy(result ->
                            assertThat(result.unanswered()).as(result.policy()).isZero());
        }
    }

    @Test
    void onlyStreamsThatHaveBegunBreakWithTheirMachine() {
        assertThat(TABLE.of("one dies"))
                .allSatisfy(result -> assertThat(result.failed()).isBetween(0, 4)); // it has four slots
        for (String healthy : new String[] {"four alike", "four unequal", "one turns slow"}) {
            assertThat(TABLE.of(healthy))
                    .allSatisfy(result ->
                            assertThat(result.failed() + result.failovers()).isZero());
        }
    }

    @Test
    void aServiceThatFailsAtOnceDrawsFewRequestsUnderAnyPolicy() {
        assertThat(TABLE.of("one fails at once")).allSatisfy(result -> {
            assertThat(result.failed()).as(result.policy()).isZero();
            assertThat(result.failovers()).as(result.policy()).isLessThan(30);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {Table.SEED, 1, 2})
    void onUnequalMachinesWhoLearnsBeatsWhoOnlyCounts(long seed) {
        Scenario unequal = scenario("four unequal");
        double latency = play(unequal, "latency", seed).answerMean();
        double loadedFirst = play(unequal, "loaded-first", seed).answerMean();

        for (String counting : new String[] {"random *", "power of two *", "round-robin", "least-outstanding"}) {
            double other = play(unequal, counting, seed).answerMean();
            assertThat(latency).as(counting).isLessThan(0.75 * other);
            assertThat(loadedFirst).as(counting).isLessThan(0.75 * other);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Table.SEED, 1, 2})
    void aSlowMachineIsNoticed(long seed) {
        Scenario slow = scenario("one turns slow");
        double latency = play(slow, "latency", seed).answerMean();

        assertThat(latency).isLessThan(play(slow, "random *", seed).answerMean());
        assertThat(latency).isLessThan(play(slow, "round-robin", seed).answerMean());
        assertThat(latency).isLessThan(play(slow, "least-outstanding", seed).answerMean());
    }

    @ParameterizedTest
    @ValueSource(longs = {Table.SEED, 1, 2})
    void conversationsStayWhereTheyAreKnown(long seed) {
        Scenario alike = scenario("four alike");
        Result affine = play(alike, "prefix-affinity", seed);
        Result latency = play(alike, "latency", seed);

        assertThat(affine.warmShare()).isGreaterThan(latency.warmShare() + 0.08);
        assertThat(affine.firstTokenP50()).isLessThan(0.8 * latency.firstTokenP50());
        assertThat(affine.firstTokenP95()).as("at nobody's cost").isLessThan(1.1 * latency.firstTokenP95());
    }

    @ParameterizedTest
    @ValueSource(longs = {Table.SEED, 1, 2})
    void whoAsksNowAndThenWaitsForNobodyWhoAsksAllAtOnce(long seed) {
        Table.Crowded flooded = crowded("one key asks for much", seed);

        Result.Waits modest = flooded.fair().waits("who asks now and then");
        assertThat(modest.p95()).isLessThan(5);
        assertThat(modest.p95())
                .isLessThan(0.25
                        * flooded.firstCome().waits("who asks now and then").p95());
        assertThat(modest.turnedAway()).isZero();
        assertThat(flooded.fair().waits("who asks all at once").p50())
                .as("at a bearable cost")
                .isLessThan(
                        1.35 * flooded.firstCome().waits("who asks all at once").p50());
        assertThat(flooded.fair().unanswered()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Table.SEED, 1, 2})
    void whoFillsTheQueueIsTurnedAwayAndNobodyElse(long seed) {
        Table.Crowded full = crowded("one key fills the queue", seed);

        assertThat(full.fair().waits("who asks all at once").turnedAway()).isGreaterThan(50);
        assertThat(full.fair().waits("who asks now and then").turnedAway()).isZero();
        assertThat(full.firstCome().unanswered() + full.fair().unanswered()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Table.SEED, 1, 2})
    void whoeverSitsAndWaitsGoesBeforeWhatNobodyWaitsFor(long seed) {
        Table.Crowded busy = crowded("nobody waits for the reports", seed);

        Result.Waits people = busy.fair().waits("people");
        Result.Waits reports = busy.fair().waits("reports");
        assertThat(people.p95()).isLessThan(2);
        assertThat(people.p95())
                .isLessThan(0.1 * busy.firstCome().waits("people").p95());
        assertThat(people.p95()).isLessThan(reports.p50());
        assertThat(people.turnedAway() + reports.turnedAway()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameResult() {
        Scenario unequal = scenario("four unequal");

        assertThat(play(unequal, "prefix-affinity", 7)).isEqualTo(play(unequal, "prefix-affinity", 7));
        assertThat(play(unequal, "prefix-affinity", 7)).isNotEqualTo(play(unequal, "prefix-affinity", 8));
    }

    private static Result play(Scenario scenario, String policy, long seed) {
        return new Simulation(scenario, Objects.requireNonNull(Policies.all().get(policy)), seed).play(policy);
    }

    private static Table.Crowded crowded(String name, long seed) {
        return Scenario.crowded().stream()
                .filter(one -> one.name().equals(name))
                .map(one -> Table.Crowded.of(one, seed))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario scenario(String name) {
        return Scenario.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
