package dev.geniehive.simulation;

import dev.geniehive.api.spi.RankingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results of all policies in all scenarios, as they stand in docs/routing-policies.md. */
public final class Table {
    /** The table in the document is that of this seed. */
    public static final long SEED = 20_260_822;

    /** The policy under which it is seen who waits. */
    static final String USUAL = "loaded-first";

    private final List<Result> results;
    private final List<Crowded> crowded;

    private Table(List<Result> results, List<Crowded> crowded) {
        this.results = results;
        this.crowded = crowded;
    }

    /** One scenario with the queue as it is, and with one in which whoever came first goes first. */
    record Crowded(Scenario scenario, Result fair, Result firstCome) {
        static Crowded of(Scenario scenario, long seed) {
            RankingPolicy policy =
                    Optional.ofNullable(Policies.all().get(USUAL)).orElseThrow();
            return new Crowded(
                    scenario,
                    new Simulation(scenario, policy, Order.FAIR, seed).play(USUAL),
                    new Simulation(scenario, policy, Order.FIRST_COME, seed).play(USUAL));
        }
    }

    /** {@return the results of this seed} */
    static Table of(long seed) {
        List<Result> results = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            Policies.all().forEach((name, policy) -> results.add(new Simulation(scenario, policy, seed).play(name)));
        }
        List<Crowded> crowded = Scenario.crowded().stream()
                .map(scenario -> Crowded.of(scenario, seed))
                .toList();
        return new Table(results, crowded);
    }

    Result of(String scenario, String policy) {
        return results.stream()
                .filter(result ->
                        result.scenario().equals(scenario) && result.policy().equals(policy))
                .findFirst()
                .orElseThrow();
    }

    List<Result> of(String scenario) {
        return results.stream()
                .filter(result -> result.scenario().equals(scenario))
                .toList();
    }

    /** {@return the document with these tables in the places of those that it has} */
    String in(String document) {
        return put(put(document, "simulation", policies()), "simulated-queue", queue());
    }

    private static String put(String document, String place, String table) {
        String begin = "<!-- %s: begin -->\n".formatted(place);
        String end = "<!-- %s: end -->".formatted(place);
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the document has no place between %s and %s".formatted(begin, end));
        }
        return document.substring(0, from + begin.length()) + table + document.substring(to);
    }

    private String queue() {
        StringBuilder text = new StringBuilder();
        for (Crowded one : crowded) {
            text.append("\n**%s**\n\n".formatted(one.scenario().name()))
                    .append("| Who | waits p50 | p95 | turned away | by arrival * p50 | p95 | turned away |\n")
                    .append("|---|---|---|---|---|---|---|\n");
            for (Crowd crowd : one.scenario().crowds()) {
                text.append("| %s | %s | %s |\n"
                        .formatted(
                                crowd.name(),
                                row(one.fair().waits(crowd.name())),
                                row(one.firstCome().waits(crowd.name()))));
            }
        }
        return text.append('\n').toString();
    }

    private static String row(Result.Waits waits) {
        return String.format(Locale.ROOT, "%.1f s | %.1f s | %d", waits.p50(), waits.p95(), waits.turnedAway());
    }

    private String policies() {
        StringBuilder text = new StringBuilder();
        for (Scenario scenario : Scenario.all()) {
            text.append("\n**%s**\n\n".formatted(scenario.name()))
                    .append("| Policy | first token p50 | p95 | whole answer | prompt known | failed over | failed |\n")
                    .append("|---|---|---|---|---|---|---|\n");
            of(scenario.name()).forEach(result -> text.append(row(result)));
        }
        return text.append('\n').toString();
    }

    private static String row(Result result) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s | %.1f s | %.0f %% | %d | %d |\n",
                result.policy().endsWith("*") ? result.policy() : "`%s`".formatted(result.policy()),
                result.firstTokenP50(),
                result.firstTokenP95(),
                result.answerMean(),
                100 * result.warmShare(),
                result.failovers(),
                result.failed());
    }
}
