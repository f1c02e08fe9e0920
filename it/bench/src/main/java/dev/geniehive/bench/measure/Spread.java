package dev.geniehive.bench.measure;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The middle and the ends of what several rounds said. */
public record Spread(double median, double least, double most) {
    /** {@return the spread of at least one value} */
    public static Spread of(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    @Override
    public String toString() {
        return "%s (%s–%s)".formatted(digits(median), digits(least), digits(most));
    }

    /** {@return three digits that count, or all that stand before the point} */
    public static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%,.${d}f".replace("${d}", Integer.toString(decimals)), value);
    }
}
