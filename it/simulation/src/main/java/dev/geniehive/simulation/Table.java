package dev.geniehive.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of all policies in all scenarios, as they stand in docs/routing-policies.md. */
public final class Table {
    /** The table in the document is that of this seed. */
    public static final long SEED = 20_260_822;

    private static final String BEGIN = "<!-- simulation: begin -->\n";
    private static final String END = "<!-- simulation: end -->";

    private final List<Result> results;

    private Table(List<Result> results) {
        this.results = results;
    }

    /** {@return the results of this seed} */
    static Table of(long seed) {
        List<Result> results = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            Policies.all().forEach((name, policy) -> results.add(new Simulation(scenario, policy, seed).play(name)));
        }
        return new Table(results);
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

    /** {@return the document with this table in the place of the one that it has} */
    String in(String document) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the document has no place between %s and %s".formatted(BEGIN, END));
        }
        return document.substring(0, begin + BEGIN.length()) + this + document.substring(end);
    }

    @Override
    public String toString() {
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
