package dev.geniehive.control.operator;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelPerformance;
import java.util.OptionalDouble;

/** What was seen of the performance of services, as the operator's API shows it. What was not seen is not there. */
final class PerformanceJson {
    private static final double CENTS = 100;
    private static final double THOUSANDTHS = 1000;

    private PerformanceJson() {}

    static Json.Obj of(ModelPerformance seen) {
        Json.Obj json = Json.object();
        json = put(json, "ttft_ms_p50", seen.firstTokenMillisP50(), CENTS);
        json = put(json, "ttft_ms_p95", seen.firstTokenMillisP95(), CENTS);
        json = put(json, "tokens_per_second", seen.tokensPerSecond(), CENTS);
        json = put(json, "tokens_per_second_p5", seen.tokensPerSecondP5(), CENTS);
        json = put(json, "load_seconds", seen.loadSeconds(), CENTS);
        json = put(json, "error_rate", seen.errorRate(), THOUSANDTHS);
        return json.put("samples", seen.samples());
    }

    private static Json.Obj put(Json.Obj json, String name, OptionalDouble value, double parts) {
        return value.isEmpty() ? json : json.put(name, Math.round(value.getAsDouble() * parts) / parts);
    }
}
