package dev.geniehive.bench.report;

import dev.geniehive.api.model.Json;
import dev.geniehive.bench.measure.Metric;
import java.util.List;
import java.util.Map;

/** The results as JSON: every value of every round, for programs. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Report report) {
        return Json.object()
                .put("conditions", Json.strings(report.conditions()))
                .put(
                        "rows",
                        Json.array(report.rows().stream().map(JsonReport::row).toList()))
                .toString();
    }

    private static Json row(RowResult row) {
        Json.Obj subjects = Json.object();
        for (String subject : row.subjects()) {
            subjects = subjects.put(subject, subject(row, subject));
        }
        return Json.object().put("name", row.name()).put("says", row.says()).put("subjects", subjects);
    }

    private static Json subject(RowResult row, String subject) {
        Json.Obj failures = Json.object();
        for (Map.Entry<String, Long> failure : row.failures(subject).entrySet()) {
            failures = failures.put(failure.getKey(), failure.getValue());
        }
        Json.Obj metrics = Json.object();
        for (Metric metric : row.metrics()) {
            List<Json> values =
                    row.values(subject, metric).stream().map(Json::of).toList();
            if (!values.isEmpty()) {
                metrics = metrics.put(metric.toString(), Json.array(values));
            }
        }
        return Json.object().put("rounds", metrics).put("failures", failures);
    }
}
