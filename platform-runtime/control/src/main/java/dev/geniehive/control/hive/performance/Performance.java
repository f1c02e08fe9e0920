package dev.geniehive.control.hive.performance;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelPerformance;
import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How well one service serves one of its models. Safe for use by many threads at once; what routing reads costs no lock.
 */
public final class Performance {
    /** Failures are believed for about so long: then a service that was put back is tried again. */
    private static final Duration LATELY = Duration.ofSeconds(20);

    /** So many attempts of late are needed to judge by them. */
    private static final double EVIDENCE = 4;

    /** Fewer tokens say little about a rate. */
    private static final long ENOUGH_TOKENS = 5;

    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Ticker ticker;
    private final AtomicLong turns;
    private final ReentrantLock lock = new ReentrantLock();
    private final Observed observed = new Observed();
    private final Prints prints = new Prints();
    private volatile Pace pace = Pace.UNKNOWN;
    private volatile Outcomes outcomes = Outcomes.NONE;

    /** These two stand in what is above as well: routing reads them of every candidate, without an object in between. */
    private volatile double firstTokenMillis;

    private volatile double lastFailureShare;
    private volatile long lastChosen;

    /**
     * Attempts and failures of the last seconds. Both fade alike, so their share is as it was after the last attempt.
     *
     * @param asked how many, faded
     * @param failed how many of them, faded
     * @param share of attempts that failed
     */
    private record Outcomes(Faded asked, Faded failed, double share) {
        static final Outcomes NONE = new Outcomes(Faded.NOTHING, Faded.NOTHING, 0);

        Outcomes plus(boolean failure, long nanos) {
            Faded all = asked.plus(1, nanos, LATELY);
            Faded bad = failure ? failed.plus(1, nanos, LATELY) : failed;
            return new Outcomes(all, bad, bad.now(nanos, LATELY) / all.value());
        }
    }

    /** @param turns counts all choices of this process */
    public Performance(Ticker ticker, AtomicLong turns) {
        this.ticker = ticker;
        this.turns = turns;
    }

    /** The service was chosen for a request. */
    public void chosen() {
        lastChosen = turns.incrementAndGet();
    }

    /** {@return the number of the last choice that fell here; 0 if none did} */
    public long lastChosen() {
        return lastChosen;
    }

    /** {@return the fingerprints of the prompts that it has read lately} */
    Prints prints() {
        return prints;
    }

    /** The service has given up the model's memory, and what it had read with it. */
    public void forgetPrompts() {
        prints.clear();
    }

    /** A loaded model answered with its first token, or for operations without streams with the whole answer. */
    public void firstToken(long nanos) {
        long now = ticker.nanos();
        double millis = nanos / NANOS_PER_MILLI;
        lock.lock();
        try {
            observed.firstToken(millis, now);
            learn(pace.firstToken(millis, now));
        } finally {
            lock.unlock();
        }
    }

    /** Used under the lock. */
    private void learn(Pace next) {
        pace = next;
        firstTokenMillis = next.average();
    }

    /** The tokens after the first one took so long. */
    public void wrote(long tokens, long nanos) {
        if (tokens < ENOUGH_TOKENS || nanos <= 0) {
            return;
        }
        double rate = (tokens - 1) * NANOS_PER_SECOND / nanos;
        lock.lock();
        try {
            observed.rate(rate, ticker.nanos());
            learn(pace.rate(rate));
        } finally {
            lock.unlock();
        }
    }

    /**
     * A text came all at once. When its first token was written nobody saw: routing gets an estimate, and the quantiles
     * nothing.
     */
    public void wroteAtOnce(long tokens, long nanos) {
        if (tokens < 1 || nanos <= 0) {
            return;
        }
        double millis = nanos / NANOS_PER_MILLI;
        lock.lock();
        try {
            double writing = pace.rate() > 0 ? tokens * 1000 / pace.rate() : millis;
            learn(pace.firstToken(Math.max(millis / (tokens + 1), millis - writing), ticker.nanos()));
            if (tokens >= ENOUGH_TOKENS) {
                learn(pace.rate(tokens * NANOS_PER_SECOND / nanos));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The first token came so long after the request, and the model had to be loaded for it. */
    public void loaded(long nanos) {
        lock.lock();
        try {
            observed.load(nanos / NANOS_PER_SECOND, ticker.nanos());
        } finally {
            lock.unlock();
        }
    }

    /** An attempt ended well. */
    public void succeeded() {
        ended(false);
    }

    /** An attempt failed, before its first token or after it. */
    public void failed() {
        ended(true);
    }

    private void ended(boolean failure) {
        long now = ticker.nanos();
        lock.lock();
        try {
            observed.ended(failure, now);
            outcomes = outcomes.plus(failure, now);
            lastFailureShare = outcomes.share();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the moving average of the time to the first token in milliseconds; 0 if nothing was seen yet} */
    public double firstTokenMillis() {
        return firstTokenMillis;
    }

    /** {@return the peak of that, as of this time by the ticker; 0 if nothing was seen yet} */
    public double peakFirstTokenMillis(long now) {
        return pace.peak(now);
    }

    /** {@return the moving average of tokens per second; 0 if nothing was seen yet} */
    public double tokensPerSecond() {
        return pace.rate();
    }

    /** {@return the share of attempts that failed in the last seconds; 0 if too few were made to say} */
    public double failureShare(long now) {
        Outcomes lately = outcomes;
        return lately.share() == 0 || lately.asked().now(now, LATELY) < EVIDENCE ? 0 : lately.share();
    }

    /** {@return the share of attempts that had failed when the last one ended, however long ago: at least what it is now} */
    public double lastFailureShare() {
        return lastFailureShare;
    }

    /** {@return how many attempts were seen in all; it tells whether there is something new to write down} */
    public long samples() {
        lock.lock();
        try {
            return observed.samples();
        } finally {
            lock.unlock();
        }
    }

    /** {@return what these have seen, taken together; without samples if they have seen nothing} */
    public static ModelPerformance together(Iterable<Performance> services) {
        Observed all = new Observed();
        for (Performance one : services) {
            one.lock.lock();
            try {
                all.addAll(one.observed, one.ticker.nanos());
            } finally {
                one.lock.unlock();
            }
        }
        return all.summary();
    }

    /** {@return all that is worth keeping over a restart, as JSON} */
    public Json.Obj json() {
        lock.lock();
        try {
            return observed.json(ticker.nanos())
                    .put("first_token_ms", pace.average())
                    .put("rate", pace.rate());
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what was written so long ago. What cannot be understood is left out. */
    public void remember(Json json, Duration age) {
        long now = ticker.nanos();
        lock.lock();
        try {
            observed.remember(json, (double) age.toNanos() / Sketch.HALF_LIFE.toNanos(), now);
            double average = json.get("first_token_ms").asDouble().orElse(0);
            if (pace.average() == 0 && average > 0) {
                learn(new Pace(average, average, now, pace.rate()));
            }
            double rate = json.get("rate").asDouble().orElse(0);
            if (pace.rate() == 0 && rate > 0) {
                learn(pace.rate(rate));
            }
        } finally {
            lock.unlock();
        }
    }
}
