package dev.geniehive.kernel.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes meters with a bounded number of series.
 *
 * @param registry where they are shown
 * @param maxSeries of each
 */
record Families(MeterRegistry registry, int maxSeries) {
    Series<Timer> timers(String name, String description, Duration[] buckets, String... labels) {
        return new Series<>(
                maxSeries,
                values -> Timer.builder(name)
                        .description(description)
                        .serviceLevelObjectives(buckets)
                        .tags(tags(labels, values))
                        .register(registry));
    }

    Series<DistributionSummary> summaries(String name, String description, double[] buckets, String... labels) {
        return new Series<>(
                maxSeries,
                values -> DistributionSummary.builder(name)
                        .description(description)
                        .serviceLevelObjectives(buckets)
                        .tags(tags(labels, values))
                        .register(registry));
    }

    Series<Counter> counters(String name, String description, String... labels) {
        return new Series<>(
                maxSeries,
                values -> Counter.builder(name)
                        .description(description)
                        .tags(tags(labels, values))
                        .register(registry));
    }

    /** {@return gauges of what goes up and down} */
    Series<AtomicInteger> levels(String name, String description, String... labels) {
        return new Series<>(maxSeries, values -> {
            AtomicInteger level = new AtomicInteger();
            Gauge.builder(name, level, AtomicInteger::get)
                    .description(description)
                    .tags(tags(labels, values))
                    .strongReference(true)
                    .register(registry);
            return level;
        });
    }

    private static List<Tag> tags(String[] names, List<String> values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            tags.add(Tag.of(names[i], values.get(i)));
        }
        return tags;
    }
}
