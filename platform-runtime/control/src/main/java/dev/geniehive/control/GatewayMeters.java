package dev.geniehive.control;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Usage;
import dev.geniehive.control.gateway.GatewayObserver;
import dev.geniehive.kernel.meter.Labels;
import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.meter.TokenType;
import java.time.Duration;
import java.util.Optional;

/** Counts what the gateway does. */
record GatewayMeters(Meters meters) implements GatewayObserver {
    @Override
    public void failedOver(String model, String code) {
        meters.failedOver(model, code);
    }

    @Override
    public void firstToken(Operation operation, String model, long nanos) {
        meters.firstToken(new Labels(operation, model), Duration.ofNanos(nanos));
    }

    @Override
    public void ended(Operation operation, String model, long nanos, Optional<Usage> usage, Optional<Problem> problem) {
        Labels labels = new Labels(operation, model.isEmpty() ? Labels.UNKNOWN : model);
        Duration took = Duration.ofNanos(nanos);
        problem.ifPresentOrElse(
                failed -> meters.requestFailed(labels, failed.code(), took),
                () -> meters.requestSucceeded(labels, took));
        usage.ifPresent(cost -> {
            meters.tokens(labels, TokenType.INPUT, cost.promptTokens());
            meters.tokens(labels, TokenType.OUTPUT, cost.completionTokens());
            meters.audio(labels, cost.audioSeconds());
        });
    }

    @Override
    public void waited(String queue, long nanos, boolean served) {
        meters.queued(queue, served, Duration.ofNanos(nanos));
    }

    @Override
    public void refused(String queue, int depth) {
        meters.queueFull(queue);
    }

    @Override
    public void overflowed(String queue, String model) {
        meters.overflowed(queue, model);
    }
}
