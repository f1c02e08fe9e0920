package dev.geniehive.control.routing;

import dev.geniehive.api.model.Asset;
import dev.geniehive.control.hive.Offer;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Numbers in [0, 1) by which policies order what they see no difference between. */
@FunctionalInterface
interface Ties {
    double of(Offer offer);

    /** {@return numbers that put the smallest weights first, and leave equals among them to chance} */
    static Ties smallestFirst(List<Casting.Fit> fits, DoubleSupplier dice) {
        double[] sizes = fits.stream()
                .mapToDouble(fit -> size(fit.offer().asset()))
                .distinct()
                .sorted()
                .toArray();
        return offer -> (place(sizes, size(offer.asset())) + dice.getAsDouble()) / sizes.length;
    }

    private static int place(double[] sizes, double size) {
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
}
