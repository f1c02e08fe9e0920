package dev.geniehive.control.routing;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.Breaker;
import dev.geniehive.control.hive.Gauge;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Performance;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Those of one tier who may get requests of one kind, and what does not change about them until the hive does: each
 * number in an array of its own, by index. Immutable.
 *
 * <p>A decision reads a few numbers of every candidate, and everything else only of the one that it chooses: one array
 * after the other, instead of a dozen objects for each. For that the arrays are open to {@link Contenders}, and to nobody
 * else.
 */
final class Field {
    /** In place of a number that nobody says. */
    static final int UNKNOWN = -1;

    private static final int MOST_PREFERENCE = (1 << 20) - 1;

    final Operation operation;
    final Offer[] offers;
    final Gauge[] gauges;
    final Breaker[] breakers;
    final Performance[] performances;
    final ServiceHealth[] healths;
    final boolean[] loaded;
    final int[] busy;
    final int[] slots;
    final int[] queueDepths;
    final int[] priorities;
    final double[] costs;
    final long[] contexts;

    /** Where each one stands whatever the request, the lowest first: by its health, then by the role's preference. */
    final int[] standings;

    /** Whether they all stand in one place and cost the same. */
    final boolean even;

    final long leastContext;

    /** How many different sizes there are, and how many of them are smaller than each one's; no sizes if they do not matter. */
    final int sizes;

    final int[] smaller;

    private Field(List<Casting.Fit> fits, Operation operation, double[] sizes) {
        int size = fits.size();
        this.operation = operation;
        this.offers = new Offer[size];
        this.gauges = new Gauge[size];
        this.breakers = new Breaker[size];
        this.performances = new Performance[size];
        this.healths = new ServiceHealth[size];
        this.loaded = new boolean[size];
        this.busy = new int[size];
        this.slots = new int[size];
        this.queueDepths = new int[size];
        this.priorities = new int[size];
        this.costs = new double[size];
        this.contexts = new long[size];
        this.standings = new int[size];
        this.sizes = sizes.length;
        this.smaller = new int[sizes.length == 0 ? 0 : size];
        for (int i = 0; i < size; i++) {
            take(i, fits.get(i).offer());
            standings[i] = standing(fits.get(i));
            if (sizes.length > 0) {
                smaller[i] = smaller(sizes, size(fits.get(i).offer().asset()));
            }
        }
        this.even = isEven(standings, costs);
        this.leastContext = LongStream.of(contexts).min().orElse(Long.MAX_VALUE);
    }

    /**
     * {@return those who may get a request}
     *
     * @param smallestFirst whether the size of their weights is to matter
     */
    static Field of(List<Casting.Fit> fits, Operation operation, boolean smallestFirst) {
        return new Field(fits, operation, smallestFirst ? sizes(fits) : new double[0]);
    }

    private void take(int i, Offer offer) {
        offers[i] = offer;
        gauges[i] = offer.gauge();
        breakers[i] = offer.gauge().breaker();
        performances[i] = offer.performance();
        healths[i] = offer.health();
        loaded[i] = offer.asset().loaded();
        busy[i] = offer.busy();
        slots[i] = offer.concurrency().orElse(UNKNOWN);
        queueDepths[i] = offer.queueDepth().orElse(UNKNOWN);
        priorities[i] = offer.priority();
        costs[i] = offer.cost();
        contexts[i] = offer.context();
    }

    @SuppressWarnings("EnumOrdinal") // declared from the best to the worst
    private static int standing(Casting.Fit fit) {
        return (fit.offer().health().ordinal() << 21) + Math.min(fit.preference(), MOST_PREFERENCE);
    }

    private static boolean isEven(int[] standings, double[] costs) {
        for (int i = 1; i < standings.length; i++) {
            if (standings[i] != standings[0] || Double.compare(costs[i], costs[0]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static double[] sizes(List<Casting.Fit> fits) {
        return fits.stream()
                .mapToDouble(fit -> size(fit.offer().asset()))
                .distinct()
                .sorted()
                .toArray();
    }

    private static int smaller(double[] sizes, double size) {
        int place = 0;
        while (sizes[place] < size) {
            place++;
        }
        return place;
    }

    /** {@return bytes, or parameters where those are all that is known; who says neither counts as the largest} */
    private static double size(Asset asset) {
        return asset.sizeBytes().isPresent()
                ? asset.sizeBytes().getAsLong()
                : asset.parameters().isPresent() ? asset.parameters().getAsLong() : Double.MAX_VALUE;
    }

    int size() {
        return offers.length;
    }

    boolean isEmpty() {
        return offers.length == 0;
    }

    /**
     * Puts the smallest weights first where they matter, and leaves equals to chance.
     *
     * @param chances of each a number in [0, 1), before and after
     */
    void favourSmall(double[] chances) {
        for (int i = 0; i < smaller.length; i++) {
            chances[i] = (smaller[i] + chances[i]) / sizes;
        }
    }
}
