package dev.geniehive.control;

import dev.geniehive.api.host.ConfigView;
import java.time.Duration;

/**
 * How nodes are judged.
 *
 * @param interval how often they report
 * @param lostAfter after how much silence they count as lost
 */
record Liveness(Duration interval, Duration lostAfter) {
    static Liveness from(ConfigView config) {
        Duration interval = config.duration("interval").orElse(Duration.ofSeconds(1));
        Duration lostAfter = config.duration("lost-after").orElse(Duration.ofSeconds(5));
        if (!interval.isPositive()) {
            config.reject("interval", "must be longer than 0, was %s".formatted(interval));
        }
        if (lostAfter.minus(interval).compareTo(interval) < 0) {
            config.reject(
                    "lost-after",
                    "must be at least twice heartbeat.interval (%s), was %s".formatted(interval, lostAfter));
        }
        return new Liveness(interval, lostAfter);
    }
}
