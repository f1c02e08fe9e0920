package dev.geniehive.api.model;

import java.util.OptionalDouble;

/**
 * How well a model was served lately, as this control plane saw it: seen numbers within a few percent, never guesses.
 * What was seen earlier counts less. What was not seen is absent.
 *
 * @param firstTokenMillisP50 time to the first token of answers that came as streams from loaded models; for operations
 *     that have no streams, time to the answer
 * @param firstTokenMillisP95 nineteen of twenty were quicker
 * @param tokensPerSecond how fast one answer is written, the median
 * @param tokensPerSecondP5 nineteen of twenty were faster
 * @param loadSeconds from the request to the first token where the model had to be loaded, the median
 * @param errorRate share of the attempts that failed, 0 to 1
 * @param samples how many attempts were seen in all
 */
public record ModelPerformance(
        OptionalDouble firstTokenMillisP50,
        OptionalDouble firstTokenMillisP95,
        OptionalDouble tokensPerSecond,
        OptionalDouble tokensPerSecondP5,
        OptionalDouble loadSeconds,
        OptionalDouble errorRate,
        long samples) {}
