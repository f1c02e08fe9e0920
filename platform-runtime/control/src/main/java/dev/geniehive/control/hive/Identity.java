package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What tells weights apart that go by the same name. Pure.
 *
 * <p>Two models of one name are the same as long as nothing that their engines report contradicts it. Where something
 * does, the name means one of them, always the same one; the others keep their own names, {@code name@quantization}.
 *
 * @param quantization as the engine spells it
 * @param parameters how many; engines round, so a tenth more or less is the same
 */
public record Identity(Optional<String> quantization, OptionalLong parameters) {
    private static final double ROUNDED = 0.1;

    /** Who says what it is, then as the operator prefers, then the most precise: nothing that changes with load. */
    private static final Comparator<Offer> PLAINEST = Comparator.<Offer, Boolean>comparing(
                    offer -> offer.asset().quantization().isEmpty())
            .thenComparing(offer -> offer.service().terms().priority(), Comparator.reverseOrder())
            .thenComparingDouble(offer -> offer.service().terms().cost())
            .thenComparing(offer -> offer.asset().parameters().orElse(0), Comparator.reverseOrder())
            .thenComparing(offer -> offer.asset().sizeBytes().orElse(0), Comparator.reverseOrder())
            .thenComparing(offer -> offer.asset().quantization().orElse(""))
            .thenComparing(offer -> offer.service().id())
            .thenComparing(offer -> offer.asset().id());

    /** {@return what an engine says about a model} */
    public static Identity of(Asset asset) {
        return new Identity(asset.quantization(), asset.parameters());
    }

    /** {@return whether both cannot be the same weights at the same quantisation} */
    public boolean contradicts(Identity other) {
        boolean quantized = quantization.isPresent()
                && other.quantization.isPresent()
                && !quantization.get().equalsIgnoreCase(other.quantization.get());
        return quantized || differ(parameters, other.parameters);
    }

    /** {@return whether both are known to be at the same quantisation, and nothing else contradicts it} */
    public boolean isKnownToBe(Identity other) {
        return quantization.isPresent() && other.quantization.isPresent() && !contradicts(other);
    }

    private static boolean differ(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        double larger = Math.max(one.getAsLong(), other.getAsLong());
        return larger - Math.min(one.getAsLong(), other.getAsLong()) > ROUNDED * larger;
    }

    /** {@return the offers of one name, each told whether the name means it} */
    static List<Offer> told(List<Offer> offers) {
        if (offers.size() < 2 || !contested(offers)) {
            return List.copyOf(offers);
        }
        Identity meant = of(offers.stream().min(PLAINEST).orElseThrow().asset());
        return offers.stream()
                .map(offer -> offer.meant(offer.asset().quantization().isPresent() == meant.quantization.isPresent()
                        && !meant.contradicts(of(offer.asset()))))
                .toList();
    }

    /** {@return whether it makes no difference to what a name means which of both a service has} */
    static boolean isChosenAlike(Offer one, Offer other) {
        return one.isSame(other)
                && of(one.asset()).equals(of(other.asset()))
                && one.asset().sizeBytes().equals(other.asset().sizeBytes())
                && one.service().terms().priority() == other.service().terms().priority()
                && Double.compare(
                                one.service().terms().cost(),
                                other.service().terms().cost())
                        == 0;
    }

    private static boolean contested(List<Offer> offers) {
        Identity first = of(offers.getFirst().asset());
        if (offers.stream().allMatch(offer -> of(offer.asset()).equals(first))) {
            return false;
        }
        List<Identity> kinds =
                offers.stream().map(offer -> of(offer.asset())).distinct().toList();
        return kinds.stream().anyMatch(one -> kinds.stream().anyMatch(one::contradicts));
    }
}
