package dev.geniehive.control.routing;

import dev.geniehive.api.model.Asset;

/** Whether two services have the same model. */
final class Weights {
    private Weights() {}

    /**
     * {@return whether both are known to be the same weights at the same quantisation} What does not say its
     * quantisation is not known to be anything: so another provider's API never counts.
     */
    static boolean same(Asset one, Asset other) {
        return one.id().equals(other.id())
                && one.quantization().isPresent()
                && one.quantization().equals(other.quantization())
                && (one.parameters().isEmpty()
                        || other.parameters().isEmpty()
                        || one.parameters().equals(other.parameters()));
    }
}
