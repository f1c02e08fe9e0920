package dev.geniehive.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Json;
import dev.geniehive.bench.measure.Failures;
import dev.geniehive.bench.measure.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final RowResult row = new RowResult("latency-1", "Short chats", List.of("direct", "nginx", "geniehive"));
    private final Report report = new Report(List.of("a machine"), List.of("direct", "nginx"), List.of(row));

    @Test
    void comparesRoundByRound() {
        round(10, 20, 30);
        round(100, 110, 120);
        round(20, 30, 50);

        assertThat(report.markdown())
                .contains("- a machine\n")
                .contains("|  | direct | nginx | geniehive | geniehive ÷ direct | geniehive ÷ nginx |")
                .contains(
                        "| p50, µs | 20.0 (10.0–100) | 30.0 (20.0–110) | 50.0 (30.0–120) | ×2.50 (+20.0) | ×1.50 (+10.0) |")
                .doesNotContain("void");
    }

    @Test
    void oneFailureInOneRoundMakesTheRowVoidForThatSubjectOnly() {
        round(10, 20, 30);
        Failures failures = new Failures();
        failures.add("status 503");
        row.add("direct", good(10));
        row.add("nginx", good(20));
        row.add("geniehive", Sample.of(failures).with("p50", "µs", 1));

        assertThat(report.markdown())
                .contains("| p50, µs | 10.0 (10.0–10.0) | 20.0 (20.0–20.0) | void | – | – |")
                .contains("Void for geniehive: 1 × status 503");
    }

    @Test
    void whoHasNoSuchFigureHasADash() {
        row.add("direct", good(0));
        row.add("nginx", good(20).with("CPU", "%", 3));
        row.add("geniehive", good(30).with("CPU", "%", 6));

        assertThat(report.markdown())
                .contains("| CPU, % | – | 3.00 (3.00–3.00) | 6.00 (6.00–6.00) | – | ×2.00 |")
                .contains("| 30.0 (30.0–30.0) | – (+30.0) | ×1.50 (+10.0) |");
    }

    @Test
    void jsonHasEveryRound() {
        round(10, 20, 30);
        round(11, 21, 31);

        Json json = Json.parse(JsonReport.of(report));

        Json geniehive = json.get("rows").items().getFirst().get("subjects").get("geniehive");
        assertThat(geniehive.get("rounds").get("p50, µs").items()).hasSize(2);
        assertThat(json.get("conditions").items()).hasSize(1);
    }

    private void round(double direct, double nginx, double geniehive) {
        row.add("direct", good(direct));
        row.add("nginx", good(nginx));
        row.add("geniehive", good(geniehive));
    }

    private static Sample good(double p50) {
        return Sample.of(new Failures()).with("p50", "µs", p50);
    }
}
