package dev.geniehive.kernel.body;

import dev.geniehive.api.model.BodyFacts;

/**
 * What the scan of a body found.
 *
 * @param facts what routing needs
 * @param modelFrom where the value of the model name begins, with its quote; -1 if the body names none
 * @param modelTo where it ends, after its quote
 */
record Findings(BodyFacts facts, long modelFrom, long modelTo) {
    /** Nothing is known. */
    static final Findings NONE = new Findings(BodyFacts.NONE, -1, -1);

    boolean namesModel() {
        return modelFrom >= 0;
    }

    BodyFacts withModel(String model) {
        return new BodyFacts(
                model,
                facts.stream(),
                facts.usageInStream(),
                facts.tools(),
                facts.images(),
                facts.audio(),
                facts.structured(),
                facts.maxTokens(),
                facts.promptBytes(),
                facts.outputs());
    }
}
