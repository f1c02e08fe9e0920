package dev.geniehive.bench.report;

import dev.geniehive.bench.measure.Metric;
import dev.geniehive.bench.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The results as Markdown.
 *
 * @param conditions under what they were taken, a line each
 * @param baselines the subjects that others are compared with, if they are among those measured
 */
public record Report(List<String> conditions, List<String> baselines, List<RowResult> rows) {
    public Report {
        conditions = List.copyOf(conditions);
        baselines = List.copyOf(baselines);
        rows = List.copyOf(rows);
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        conditions.forEach(line -> text.append("- ").append(line).append('\n'));
        rows.forEach(row -> append(row, text));
        return text.toString();
    }

    private void append(RowResult row, StringBuilder text) {
        text.append("\n### ")
                .append(row.name())
                .append("\n\n")
                .append(row.says())
                .append(".\n\n");
        List<String> subjects = row.subjects();
        List<String[]> pairs = pairs(subjects);
        if (!row.metrics().isEmpty()) {
            List<String> head = new ArrayList<>(List.of(""));
            head.addAll(subjects);
            pairs.forEach(pair -> head.add("%s ÷ %s".formatted(pair[0], pair[1])));
            line(head, text);
            line(head.stream().map(cell -> cell.isEmpty() ? "---" : "---:").toList(), text);
            row.metrics().forEach(metric -> line(cells(row, metric, subjects, pairs), text));
        }
        subjects.forEach(subject -> failures(subject, row.failures(subject), text));
    }

    private List<String[]> pairs(List<String> subjects) {
        List<String[]> pairs = new ArrayList<>();
        for (String baseline : baselines) {
            for (String subject : subjects) {
                if (subjects.contains(baseline) && !baselines.contains(subject)) {
                    pairs.add(new String[] {subject, baseline});
                }
            }
        }
        return pairs;
    }

    private static List<String> cells(RowResult row, Metric metric, List<String> subjects, List<String[]> pairs) {
        List<String> cells = new ArrayList<>(List.of(metric.toString()));
        for (String subject : subjects) {
            cells.add(row.spread(subject, metric)
                    .map(Spread::toString)
                    .orElse(row.failures(subject).isEmpty() ? "–" : "void"));
        }
        for (String[] pair : pairs) {
            cells.add(row.compare(pair[0], pair[1], metric)
                    .map(comparison -> comparison.text(metric.isTime()))
                    .orElse("–"));
        }
        return cells;
    }

    private static void failures(String subject, Map<String, Long> failures, StringBuilder text) {
        failures.forEach((what, count) -> text.append("\nVoid for %s: %,d × %s\n"
                .formatted(subject, count, what.lines().findFirst().orElse(""))));
    }

    private static void line(List<String> cells, StringBuilder text) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
