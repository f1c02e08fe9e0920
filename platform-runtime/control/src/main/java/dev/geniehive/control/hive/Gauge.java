package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What changes about a service with every request. Safe for use by many threads at once; outlives snapshots. */
public final class Gauge {
    /** Of a service that offers more models, those that it does not have any more are forgotten. */
    private static final int MANY_MODELS = 256;

    /** Weight of the newest observation in the moving average. */
    private static final double NEWEST = 0.2;

    /** Not an object beside each gauge: routing reads it of every candidate. */
    private static final AtomicIntegerFieldUpdater<Gauge> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(Gauge.class, "inFlight");

    private final Ticker ticker;
    private final AtomicLong turns;
    private final Breaker breaker;
    private volatile int inFlight;
    private final Map<String, Performance> performances = new ConcurrentHashMap<>();
    private volatile long changedAt;
    private volatile double roundTripMillis;
    private volatile double gpuUtilization = Double.NaN;
    private final AtomicLong heldMillis = new AtomicLong(Double.doubleToLongBits(0));

    Gauge(Ticker ticker) {
        this(ticker, new AtomicLong());
    }

    /** @param turns counts the choices of all services */
    Gauge(Ticker ticker, AtomicLong turns) {
        this.ticker = ticker;
        this.turns = turns;
        this.breaker = new Breaker(ticker);
        this.changedAt = ticker.nanos();
    }

    /** {@return the time by the clock that all gauges of a hive share, in nanoseconds} */
    public long now() {
        return ticker.nanos();
    }

    /** {@return for how long requests have held a slot lately, in milliseconds; 0 if none has given one back yet} */
    public double heldMillis() {
        return Double.longBitsToDouble(heldMillis.get());
    }

    /** Learns for how long a slot was held. */
    public void sawHeld(double millis) {
        heldMillis.updateAndGet(bits -> {
            double average = Double.longBitsToDouble(bits);
            return Double.doubleToLongBits(average == 0 ? millis : average + NEWEST * (millis - average));
        });
    }

    /** {@return what watches whether requests succeed} */
    public Breaker breaker() {
        return breaker;
    }

    /** {@return requests of ours that the service has now} */
    public int inFlight() {
        return inFlight;
    }

    /** {@return how well the service serves one of its models} */
    public Performance performance(String asset) {
        Performance known = performances.get(asset);
        return known != null ? known : performances.computeIfAbsent(asset, unknown -> new Performance(ticker, turns));
    }

    /** {@return how well the service serves those of its models that were asked for, by name} */
    public Map<String, Performance> performances() {
        return Map.copyOf(performances);
    }

    /** {@return milliseconds to the service's node and back; 0 if that was not measured} */
    public double roundTripMillis() {
        return roundTripMillis;
    }

    /**
     * {@return the share of time that the busiest GPU of the service's machine is busy, 0 to 1}
     *
     * @param otherwise what it is if the machine does not say
     */
    public double gpuUtilization(double otherwise) {
        double share = gpuUtilization;
        return Double.isNaN(share) ? otherwise : share;
    }

    /** {@return whether a slot was free and is taken now} */
    public boolean tryTake(OptionalInt limit) {
        while (true) {
            int taken = inFlight;
            if (limit.isPresent() && taken >= limit.getAsInt()) {
                return false;
            }
            if (IN_FLIGHT.compareAndSet(this, taken, taken + 1)) {
                return true;
            }
        }
    }

    /** Gives a slot back. */
    public void give() {
        IN_FLIGHT.decrementAndGet(this);
    }

    /** {@return for how long the service has felt as it does, or its host been lost} */
    public Duration unchangedFor() {
        return Duration.ofNanos(ticker.nanos() - changedAt);
    }

    void changed() {
        changedAt = ticker.nanos();
    }

    void roundTrip(double millis) {
        roundTripMillis = millis;
    }

    void gpu(OptionalDouble utilization) {
        gpuUtilization = utilization.orElse(Double.NaN);
    }

    /** Forgets models that are gone, where there are many, and the prompts of those that are not loaded any more. */
    void retain(List<Asset> assets) {
        if (performances.size() > MANY_MODELS) {
            performances.keySet().retainAll(assets.stream().map(Asset::id).collect(Collectors.toSet()));
        }
        for (Asset asset : assets) {
            Performance known = asset.loaded() ? null : performances.get(asset.id());
            if (known != null) {
                known.forgetPrompts();
            }
        }
    }
}
