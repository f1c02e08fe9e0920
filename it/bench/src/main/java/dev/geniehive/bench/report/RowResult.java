package dev.geniehive.bench.report;

import dev.geniehive.bench.measure.Metric;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.measure.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What all rounds of one row said. A subject with a failure in any round has no figures, only the failures. */
public final class RowResult {
    private final String name;
    private final String says;
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    /** @param subjects in the order of the columns */
    public RowResult(String name, String says, List<String> subjects) {
        this.name = name;
        this.says = says;
        subjects.forEach(subject -> samples.put(subject, new ArrayList<>()));
    }

    /** Adds a round; every subject gets one sample a round. */
    public void add(String subject, Sample sample) {
        samples.computeIfAbsent(subject, one -> new ArrayList<>()).add(sample);
    }

    String name() {
        return name;
    }

    String says() {
        return says;
    }

    List<String> subjects() {
        return List.copyOf(samples.keySet());
    }

    /** {@return all metrics that a subject with figures has} */
    Set<Metric> metrics() {
        Set<Metric> metrics = new LinkedHashSet<>();
        for (String subject : samples.keySet()) {
            rounds(subject).forEach(sample -> metrics.addAll(sample.values().keySet()));
        }
        return metrics;
    }

    /** {@return what went wrong with a subject in all rounds together; empty if nothing did} */
    Map<String, Long> failures(String subject) {
        Map<String, Long> failures = new TreeMap<>();
        for (Sample sample : samples.getOrDefault(subject, List.of())) {
            sample.failures().forEach((what, count) -> failures.merge(what, count, Long::sum));
        }
        return failures;
    }

    /** {@return nothing where the row is void or does not know this} */
    Optional<Spread> spread(String subject, Metric metric) {
        List<Double> values = rounds(subject).stream()
                .flatMap(sample -> Optional.ofNullable(sample.values().get(metric)).stream())
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** {@return the values round by round} */
    List<Double> values(String subject, Metric metric) {
        return rounds(subject).stream()
                .flatMap(sample -> Optional.ofNullable(sample.values().get(metric)).stream())
                .toList();
    }

    /** {@return how two subjects of the same round relate, over all rounds} */
    Optional<Comparison> compare(String subject, String baseline, Metric metric) {
        List<Double> these = values(subject, metric);
        List<Double> those = values(baseline, metric);
        return these.isEmpty() || these.size() != those.size()
                ? Optional.empty()
                : Optional.of(Comparison.of(these, those));
    }

    private List<Sample> rounds(String subject) {
        List<Sample> rounds = samples.getOrDefault(subject, List.of());
        return rounds.stream().anyMatch(Sample::isVoid) ? List.of() : rounds;
    }
}
