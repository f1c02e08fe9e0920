package dev.geniehive.control.hive.performance;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelPerformance;
import java.util.OptionalDouble;

/** What people are shown about the performance of a model, and what is written down of it. Used under a lock. */
final class Observed {
    private static final double LEAST_MILLIS = 0.1;
    private static final double LEAST_RATE = 0.01;
    private static final double LEAST_SECONDS = 0.001;

    private final Sketch firstTokens = new Sketch(LEAST_MILLIS);
    private final Sketch rates = new Sketch(LEAST_RATE);
    private final Sketch loads = new Sketch(LEAST_SECONDS);
    private Faded asked = Faded.NOTHING;
    private Faded failed = Faded.NOTHING;
    private long samples;

    void firstToken(double millis, long nanos) {
        firstTokens.add(millis, nanos);
    }

    void rate(double tokensPerSecond, long nanos) {
        rates.add(tokensPerSecond, nanos);
    }

    void load(double seconds, long nanos) {
        loads.add(seconds, nanos);
    }

    void ended(boolean failure, long nanos) {
        samples++;
        count(1, failure ? 1 : 0, nanos);
    }

    private void count(double attempts, double failures, long nanos) {
        asked = asked.plus(attempts, nanos, Sketch.HALF_LIFE);
        failed = failed.plus(failures, nanos, Sketch.HALF_LIFE);
    }

    long samples() {
        return samples;
    }

    void addAll(Observed other, long nanos) {
        firstTokens.addAll(other.firstTokens, nanos);
        rates.addAll(other.rates, nanos);
        loads.addAll(other.loads, nanos);
        samples += other.samples;
        count(other.asked.now(nanos, Sketch.HALF_LIFE), other.failed.now(nanos, Sketch.HALF_LIFE), nanos);
    }

    ModelPerformance summary() {
        return new ModelPerformance(
                firstTokens.quantile(0.5),
                firstTokens.quantile(0.95),
                rates.quantile(0.5),
                rates.quantile(0.05),
                loads.quantile(0.5),
                asked.value() > 0 ? OptionalDouble.of(failed.value() / asked.value()) : OptionalDouble.empty(),
                samples);
    }

    Json.Obj json(long nanos) {
        return Json.object()
                .put("samples", samples)
                .put("asked", asked.now(nanos, Sketch.HALF_LIFE))
                .put("failed", failed.now(nanos, Sketch.HALF_LIFE))
                .put("first_tokens", firstTokens.json(nanos))
                .put("rates", rates.json(nanos))
                .put("loads", loads.json(nanos));
    }

    /** Takes in what was written so many half-lives ago. */
    void remember(Json written, double ago, long nanos) {
        double fading = Math.pow(2, -ago);
        samples += Math.max(0, written.get("samples").asLong().orElse(0));
        double attempts = Math.max(0, written.get("asked").asDouble().orElse(0));
        double failures = Math.clamp(written.get("failed").asDouble().orElse(0), 0, attempts);
        count(attempts * fading, failures * fading, nanos);
        firstTokens.remember(written.get("first_tokens"), ago, nanos);
        rates.remember(written.get("rates"), ago, nanos);
        loads.remember(written.get("loads"), ago, nanos);
    }
}
