package dev.geniehive.control.hive.performance;

import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Quantiles of what was seen lately. Used under a lock.
 *
 * <p>Values are counted in {@value #BUCKETS} buckets, each a tenth wider than the one before: a quantile is right within
 * 5 %, from {@code least} to 3.8 million times of it, in 640 bytes. What is a {@link #HALF_LIFE} old counts half: a value
 * seen at time t weighs {@code 2^((t - landmark) / half-life)}, so that nothing has to be touched as time passes; when
 * the weights become large, all are scaled and the landmark moves.
 */
final class Sketch {
    static final Duration HALF_LIFE = Duration.ofMinutes(30);
    static final int BUCKETS = 160;
    private static final double GROWTH = 1.1;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final double LARGE = 24;

    /** Lighter ones are not written down, heavier ones not believed. */
    private static final double LIGHT = 1e-6;

    private static final double HEAVY = 1e12;

    private final double least;
    private float[] weights = new float[0];
    private long landmark;

    /** @param least the smallest value that is told from smaller ones, more than 0 */
    Sketch(double least) {
        this.least = least;
    }

    /** Counts a value that was seen at this time. */
    void add(double value, long nanos) {
        add(bucket(value), 1, nanos);
    }

    private void add(int bucket, double weight, long nanos) {
        if (weights.length == 0) {
            weights = new float[BUCKETS];
            landmark = nanos;
        }
        if (halfLives(nanos) > LARGE) {
            scale(nanos);
        }
        weights[bucket] += (float) (weight * Math.pow(2, halfLives(nanos)));
    }

    private double halfLives(long nanos) {
        return (double) (nanos - landmark) / HALF_LIFE.toNanos();
    }

    private void scale(long nanos) {
        float factor = (float) Math.pow(2, -halfLives(nanos));
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor;
        }
        landmark = nanos;
    }

    private int bucket(double value) {
        double index = Math.log(value / least) / LOG_GROWTH;
        return (int) Math.clamp(index, 0, BUCKETS - 1);
    }

    /** {@return the value that this share of what was seen does not exceed; empty if nothing was seen} */
    OptionalDouble quantile(double share) {
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        double left = share * total;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (weights[i] > 0 && left <= 0) {
                return OptionalDouble.of(least * Math.pow(GROWTH, i + 0.5));
            }
        }
        return OptionalDouble.empty();
    }

    /** Counts in what another one of the same kind has seen. */
    void addAll(Sketch other, long nanos) {
        for (int i = 0; i < other.weights.length; i++) {
            double weight = other.weights[i] * Math.pow(2, -other.halfLives(nanos));
            if (weight > 0) {
                add(i, weight, nanos);
            }
        }
    }

    /** {@return the weights as of this time, by bucket; those of nothing are left out} */
    Json.Obj json(long nanos) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < weights.length; i++) {
            double weight = weights[i] * Math.pow(2, -halfLives(nanos));
            if (weight > LIGHT) {
                members.put(Integer.toString(i), Json.of(Math.round(weight / LIGHT) * LIGHT));
            }
        }
        return new Json.Obj(members);
    }

    /** Counts in what {@link #json} wrote so long ago. What is no weight of a bucket is left out. */
    void remember(Json written, double halfLivesAgo, long nanos) {
        for (int i = 0; i < BUCKETS; i++) {
            double weight = written.get(Integer.toString(i)).asDouble().orElse(0);
            if (weight > 0 && weight < HEAVY) {
                add(i, weight * Math.pow(2, -halfLivesAgo), nanos);
            }
        }
    }
}
