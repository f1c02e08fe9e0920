package dev.geniehive.control.operator;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Signals;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Demand;
import dev.geniehive.control.routing.Verdict;
import dev.geniehive.kernel.body.Filling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A decision as {@code routes/resolve} shows it. */
final class DecisionJson {
    private DecisionJson() {}

    /** @param explain renders why a candidate stands where it does */
    static Json.Obj of(Decision decision, Function<Candidate, String> explain) {
        Json.Obj json = Json.object()
                .put("model", decision.request().model())
                .put("operation", decision.request().operation().wireName())
                .put("matched_by", decision.match().wireName())
                .put("queue", decision.queue().name());
        if (decision.played().isPresent()) {
            json = played(json, decision.played().get());
        }
        Json.Obj needs = needs(decision.demand());
        json = needs.members().isEmpty() ? json : json.put("needs", needs);
        if (!decision.eligible().isEmpty()) {
            Verdict.Eligible first = decision.eligible().getFirst();
            json = json.put(
                    "selected",
                    Json.object()
                            .put("service", first.offer().service().id())
                            .put("host", first.offer().service().host())
                            .put("model", first.offer().asset().id()));
        }
        List<Json> candidates = new ArrayList<>();
        int rank = 1;
        for (Verdict.Eligible eligible : decision.eligible()) {
            candidates.add(eligible(eligible, rank++, explain.apply(eligible.candidate())));
        }
        decision.dropped().forEach(dropped -> candidates.add(dropped(dropped)));
        return json.put("candidates", Json.array(candidates)).put("reason", decision.reason());
    }

    private static Json.Obj played(Json.Obj json, Decision.Played played) {
        Json.Obj more = json.put("role", played.role().name());
        if (played.isFallback()) {
            more = more.put("fallback", played.by().name());
        }
        Filling filling = played.role().filling();
        return filling.isNothing()
                ? more
                : more.put(
                        "fills_in",
                        Json.object()
                                .put("defaults", filling.members())
                                .put("system_prompt", !filling.systemPrompt().isEmpty()));
    }

    /** What is estimated is called so. */
    private static Json.Obj needs(Demand demand) {
        Json.Obj json = Json.object();
        if (!demand.abilities().isEmpty()) {
            json = json.put(
                    "abilities",
                    Json.strings(demand.abilities().stream()
                            .sorted()
                            .map(Ability::wireName)
                            .toList()));
        }
        return demand.likelyTokens() == 0
                ? json
                : json.put("context_at_least", demand.leastTokens()).put("context_estimate", demand.likelyTokens());
    }

    private static Json eligible(Verdict.Eligible eligible, int rank, String reason) {
        return Json.object()
                .put("service", eligible.offer().service().id())
                .put("model", eligible.offer().asset().id())
                .put("eligible", true)
                .put("rank", rank)
                .put("signals", signals(eligible))
                .put("reason", reason + standing(eligible.row()));
    }

    private static String standing(Verdict.Row row) {
        return switch (row) {
            case FRONT -> "";
            case EJECTED -> "; asked last, because most of its requests failed in the last seconds";
            case RESTING -> "; asked last, because it failed request after request and rests";
        };
    }

    private static Json signals(Verdict.Eligible eligible) {
        Json.Obj json = signals(eligible.candidate().signals());
        return switch (eligible.row()) {
            case FRONT -> json;
            case EJECTED -> json.put("ejected", true);
            case RESTING -> json.put("resting", true);
        };
    }

    private static Json.Obj signals(Signals signals) {
        Json.Obj json = Json.object()
                .put("loaded", signals.loaded())
                .put("health", signals.health().wireName())
                .put("outstanding", signals.outstanding());
        if (signals.slots().isPresent()) {
            json = json.put("slots", signals.slots().getAsInt());
        }
        if (signals.queueDepth().isPresent()) {
            json = json.put("queue_depth", signals.queueDepth().getAsInt());
        }
        if (signals.expectedFirstTokenMillis() > 0) {
            json = json.put("expected_ttft_ms", Math.round(signals.expectedFirstTokenMillis()));
        }
        return measured(json, signals).put("priority", signals.priority()).put("cost", signals.cost());
    }

    /** What was not measured is not there. */
    private static Json.Obj measured(Json.Obj known, Signals signals) {
        Json.Obj json = known;
        if (signals.peakFirstTokenMillis() > 0) {
            json = json.put("peak_ttft_ms", Math.round(signals.peakFirstTokenMillis()));
        }
        if (signals.tokensPerSecond() > 0) {
            json = json.put("tokens_per_second", tenths(signals.tokensPerSecond()));
        }
        if (signals.roundTripMillis() > 0) {
            json = json.put("round_trip_ms", tenths(signals.roundTripMillis()));
        }
        if (signals.gpuUtilization().isPresent()) {
            json = json.put("gpu_utilization", signals.gpuUtilization().getAsDouble());
        }
        if (signals.prefixMatch() > 0) {
            json = json.put("prefix_match", Math.round(100 * signals.prefixMatch()) / 100.0);
        }
        if (signals.sameSession()) {
            json = json.put("same_session", true);
        }
        return signals.lastChosen() > 0 ? json.put("last_chosen", signals.lastChosen()) : json;
    }

    private static double tenths(double value) {
        return Math.round(10 * value) / 10.0;
    }

    private static Json dropped(Verdict.Dropped dropped) {
        return Json.object()
                .put("service", dropped.offer().service().id())
                .put("model", dropped.offer().asset().id())
                .put("eligible", false)
                .put("dropped_by", dropped.by().wireName())
                .put("reason", dropped.reason().get());
    }
}
