package dev.geniehive.control.hive;

import dev.geniehive.kernel.app.Ticker;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What changes about a service with every request. Safe for use by many threads at once; outlives snapshots. */
public final class Gauge {
    /** Weight of the newest observation in the moving average. */
    private static final double NEWEST = 0.2;

    private final Breaker breaker;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong heldMillis = new AtomicLong(Double.doubleToLongBits(0));
    private final AtomicLong firstTokenMillis = new AtomicLong(Double.doubleToLongBits(0));

    Gauge(Ticker ticker) {
        this.breaker = new Breaker(ticker);
    }

    /** {@return for how long requests have held a slot lately, in milliseconds; 0 if none has given one back yet} */
    public double heldMillis() {
        return Double.longBitsToDouble(heldMillis.get());
    }

    /** Learns for how long a slot was held. */
    public void sawHeld(double millis) {
        average(heldMillis, millis);
    }

    /** {@return what watches whether requests succeed} */
    public Breaker breaker() {
        return breaker;
    }

    /** {@return requests of ours that the service has now} */
    public int inFlight() {
        return inFlight.get();
    }

    /** {@return the moving average of the time to the first token in milliseconds; 0 if nothing was seen yet} */
    public double firstTokenMillis() {
        return Double.longBitsToDouble(firstTokenMillis.get());
    }

    /** {@return whether a slot was free and is taken now} */
    public boolean tryTake(OptionalInt limit) {
        while (true) {
            int taken = inFlight.get();
            if (limit.isPresent() && taken >= limit.getAsInt()) {
                return false;
            }
            if (inFlight.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
    }

    /** Gives a slot back. */
    public void give() {
        inFlight.decrementAndGet();
    }

    /** Begins with what was learned before this process started. */
    void learned(double millis) {
        firstTokenMillis.compareAndSet(Double.doubleToLongBits(0), Double.doubleToLongBits(millis));
    }

    /** Learns how long a first token took. */
    public void sawFirstToken(double millis) {
        average(firstTokenMillis, millis);
    }

    private static void average(AtomicLong seen, double millis) {
        seen.updateAndGet(bits -> {
            double average = Double.longBitsToDouble(bits);
            return Double.doubleToLongBits(average == 0 ? millis : average + NEWEST * (millis - average));
        });
    }
}
