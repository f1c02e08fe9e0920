package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import dev.geniehive.control.hive.Breaker;
import dev.geniehive.control.hive.Gauge;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.control.hive.performance.Trail;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A field at the moment of a decision: what changes with every request is read of each, at once, into arrays. What few
 * policies look at is read of all when somebody asks for it of one, and then stays. Objects are made of those that
 * somebody asks for, which is mostly one. Safe for use by many threads at once.
 */
final class Contenders implements Candidates, Lineup.Members {
    private static final int PEAKS = 0;
    private static final int RATES = 1;
    private static final int ROUND_TRIPS = 2;
    private static final int UTILIZATIONS = 3;
    private static final int CHOICES = 4;
    private static final int LATE = 5;

    private final Field field;
    private final long now;
    private final long tokens;
    private final int[] outstanding;
    private final double[] firstTokens;
    private final double[] tieBreaks;
    private final double @Nullable [] prefixes;
    private final boolean @Nullable [] sessions;
    private final Verdict.Row @Nullable [] rows;
    private final AtomicReferenceArray<Verdict.@Nullable Eligible> made;
    private final AtomicReferenceArray<double @Nullable []> late = new AtomicReferenceArray<>(LATE);

    /**
     * @param field not empty
     * @param tokens of context that the request is likely to take
     * @param trail by what they may know the request; none if nobody looks at that
     * @param dice draws a number in [0, 1) for each
     */
    Contenders(Field field, long tokens, Trail trail, DoubleSupplier dice) {
        int size = field.size();
        this.field = field;
        this.tokens = tokens;
        this.now = field.gauges[0].now();
        this.outstanding = new int[size];
        this.firstTokens = new double[size];
        this.tieBreaks = new double[size];
        this.prefixes = trail == Trail.NONE ? null : new double[size];
        this.sessions = trail == Trail.NONE ? null : new boolean[size];
        this.made = new AtomicReferenceArray<>(size);
        boolean suspect = measure(dice);
        this.rows = suspect && size > 1 ? Ejection.rows(field, now) : null;
        follow(trail);
    }

    /**
     * Reads what changes with every request. The arrays are in variables because the compiler cannot know, between two
     * volatile reads, that the fields still hold the same ones.
     *
     * @return whether any of them may have failed so often that it does not stand in front
     */
    private boolean measure(DoubleSupplier dice) {
        Gauge[] gauges = field.gauges;
        Breaker[] breakers = field.breakers;
        Performance[] performances = field.performances;
        int[] busy = field.busy;
        int[] requests = outstanding;
        double[] millis = firstTokens;
        double[] chances = tieBreaks;
        boolean suspect = false;
        for (int i = 0; i < chances.length; i++) {
            requests[i] = Math.max(gauges[i].inFlight(), busy[i]);
            Performance performance = performances[i];
            millis[i] = performance.firstTokenMillis();
            chances[i] = dice.getAsDouble();
            suspect |= Ejection.isSuspect(breakers[i], performance);
        }
        field.favourSmall(chances);
        return suspect;
    }

    private void follow(Trail trail) {
        if (prefixes != null && sessions != null) {
            for (int i = 0; i < prefixes.length; i++) {
                if (field.loaded[i]) {
                    prefixes[i] = trail.match(field.performances[i]);
                    sessions[i] = trail.isSessionOf(field.performances[i]);
                }
            }
        }
    }

    @Override
    public int size() {
        return field.size();
    }

    @Override
    public Verdict.Eligible member(int i) {
        Verdict.Eligible known = made.get(i);
        if (known == null) {
            Verdict.Eligible fresh = make(i);
            known = made.compareAndExchange(i, null, fresh);
            return known == null ? fresh : known;
        }
        return known;
    }

    private Verdict.Eligible make(int i) {
        Offer offer = field.offers[i];
        String adapter = Objects.requireNonNull(offer.adapter(field.operation), "who has no adapter was dropped");
        Candidate candidate = new Candidate(
                offer.service().id(), offer.service().host(), offer.asset().id(), signals(i));
        return new Verdict.Eligible(offer, adapter, candidate, rows == null ? Verdict.Row.FRONT : rows[i]);
    }

    private Signals signals(int i) {
        Performance performance = field.performances[i];
        Gauge gauge = field.gauges[i];
        double utilization = either(UTILIZATIONS, i, gauge.gpuUtilization(Double.NaN));
        return new Signals(
                loaded(i),
                health(i),
                outstanding(i),
                known(field.slots[i]),
                known(field.queueDepths[i]),
                priority(i),
                cost(i),
                expectedFirstTokenMillis(i),
                tieBreak(i),
                either(PEAKS, i, performance.peakFirstTokenMillis(now)),
                either(RATES, i, performance.tokensPerSecond()),
                either(ROUND_TRIPS, i, gauge.roundTripMillis()),
                Double.isNaN(utilization) ? OptionalDouble.empty() : OptionalDouble.of(utilization),
                prefixMatch(i),
                sameSession(i),
                (long) either(CHOICES, i, (double) performance.lastChosen()));
    }

    /** {@return the number that all who ask are told; if nobody was told it yet, what it is now} */
    private double either(int which, int i, double live) {
        double[] known = late.get(which);
        return known == null ? live : known[i];
    }

    /** {@return a number of each, measured now unless somebody was told it before} */
    private double[] late(int which, ToDoubleFunction<Signals> told, IntToDoubleFunction measured) {
        double[] known = late.get(which);
        if (known == null) {
            double[] numbers = new double[field.size()];
            for (int i = 0; i < numbers.length; i++) {
                Verdict.Eligible one = made.get(i);
                numbers[i] = one == null
                        ? measured.applyAsDouble(i)
                        : told.applyAsDouble(one.candidate().signals());
            }
            known = late.compareAndExchange(which, null, numbers);
            return known == null ? numbers : known;
        }
        return known;
    }

    private static OptionalInt known(int number) {
        return number == Field.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Packed, the first to decide in the highest bits: who fails, who is not well, who is likely to have too little room. */
    @Override
    @SuppressWarnings("EnumOrdinal") // declared from the best to the worst
    public int row(int i) {
        int narrow = field.contexts[i] < tokens ? 1 : 0;
        return ((rows == null ? 0 : rows[i].ordinal()) << 24) + (narrow << 20) + field.standings[i];
    }

    @Override
    public boolean even() {
        return field.even && rows == null && tokens <= field.leastContext;
    }

    @Override
    public int place(Candidate candidate) {
        for (int i = 0; i < made.length(); i++) {
            Verdict.Eligible one = made.get(i);
            if (one != null && Places.isSame(one.candidate(), candidate)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Candidate candidate(int i) {
        return member(i).candidate();
    }

    @Override
    public List<Candidate> all() {
        return new All();
    }

    private final class All extends AbstractList<Candidate> implements RandomAccess {
        @Override
        public Candidate get(int index) {
            return candidate(index);
        }

        @Override
        public int size() {
            return field.size();
        }
    }

    @Override
    public boolean loaded(int i) {
        return field.loaded[i];
    }

    @Override
    public ServiceHealth health(int i) {
        return field.healths[i];
    }

    @Override
    public int outstanding(int i) {
        return outstanding[i];
    }

    @Override
    public int slots(int i, int otherwise) {
        return field.slots[i] == Field.UNKNOWN ? otherwise : field.slots[i];
    }

    @Override
    public int queueDepth(int i, int otherwise) {
        return field.queueDepths[i] == Field.UNKNOWN ? otherwise : field.queueDepths[i];
    }

    @Override
    public int priority(int i) {
        return field.priorities[i];
    }

    @Override
    public double cost(int i) {
        return field.costs[i];
    }

    @Override
    public double expectedFirstTokenMillis(int i) {
        return firstTokens[i];
    }

    @Override
    public double tieBreak(int i) {
        return tieBreaks[i];
    }

    @Override
    public double peakFirstTokenMillis(int i) {
        return late(PEAKS, Signals::peakFirstTokenMillis, one -> field.performances[one].peakFirstTokenMillis(now))[i];
    }

    @Override
    public double tokensPerSecond(int i) {
        return late(RATES, Signals::tokensPerSecond, one -> field.performances[one].tokensPerSecond())[i];
    }

    @Override
    public double roundTripMillis(int i) {
        return late(ROUND_TRIPS, Signals::roundTripMillis, one -> field.gauges[one].roundTripMillis())[i];
    }

    @Override
    public double gpuUtilization(int i, double otherwise) {
        double known = late(
                UTILIZATIONS,
                told -> told.gpuUtilization().orElse(Double.NaN),
                one -> field.gauges[one].gpuUtilization(Double.NaN))[i];
        return Double.isNaN(known) ? otherwise : known;
    }

    @Override
    public double prefixMatch(int i) {
        return prefixes == null ? 0 : prefixes[i];
    }

    @Override
    public boolean sameSession(int i) {
        return sessions != null && sessions[i];
    }

    @Override
    public long lastChosen(int i) {
        return (long) late(CHOICES, Signals::lastChosen, one -> field.performances[one].lastChosen())[i];
    }
}
