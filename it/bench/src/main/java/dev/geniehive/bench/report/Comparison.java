package dev.geniehive.bench.report;

import dev.geniehive.bench.measure.Spread;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One subject beside another, round by round, so that what disturbed both in a round cancels out.
 *
 * @param ratio nothing where the baseline was zero in any round
 */
record Comparison(Optional<Spread> ratio, Spread difference) {
    static Comparison of(List<Double> these, List<Double> those) {
        List<Double> differences = IntStream.range(0, these.size())
                .mapToObj(i -> these.get(i) - those.get(i))
                .toList();
        Optional<Spread> ratio = those.contains(0.0)
                ? Optional.empty()
                : Optional.of(Spread.of(IntStream.range(0, these.size())
                        .mapToObj(i -> these.get(i) / those.get(i))
                        .toList()));
        return new Comparison(ratio, Spread.of(differences));
    }

    String text(boolean withDifference) {
        String quotient =
                ratio.map(spread -> "×" + Spread.digits(spread.median())).orElse("–");
        return withDifference
                ? "%s (%s%s)"
                        .formatted(quotient, difference.median() < 0 ? "" : "+", Spread.digits(difference.median()))
                : quotient;
    }
}
