package dev.geniehive.bench.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one round of one row said about one subject.
 *
 * @param values by metric
 * @param failures what went wrong; if anything did, the values are void
 */
public record Sample(Map<Metric, Double> values, Map<String, Long> failures) {
    public Sample {
        values = new LinkedHashMap<>(values);
        failures = Map.copyOf(failures);
    }

    /** {@return one of nothing but failures} */
    public static Sample failed(Exception failure) {
        Failures failures = new Failures();
        failures.add(failure);
        return new Sample(Map.of(), failures.counts());
    }

    public static Sample of(Failures failures) {
        return new Sample(Map.of(), failures.counts());
    }

    public Sample with(String name, String unit, double value) {
        Sample more = new Sample(values, failures);
        more.values.put(new Metric(name, unit), value);
        return more;
    }

    /** {@return the same with the CPU time per thing; without one where no process is known} */
    public Sample withCpu(String name, Processes processes, long micros, long things) {
        return processes.roots().isEmpty() || things == 0 ? this : with(name, "µs", (double) micros / things);
    }

    public boolean isVoid() {
        return !failures.isEmpty();
    }
}
