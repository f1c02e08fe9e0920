package dev.geniehive.it.hive;

import dev.geniehive.it.engine.Knobs;
import java.util.Map;

/** What an engine does instead of an answer. */
enum Trouble {
    REFUSES(Map.of("refuse-ms", -1)),
    RESETS_BEFORE_THE_HEAD(Map.of("die-after", 0, "death", "rst")),
    ENDS_BEFORE_THE_HEAD(Map.of("die-after", 0, "death", "fin")),
    RESETS_AFTER_THE_HEAD(Map.of("mode", "head-only", "death", "rst")),
    ENDS_AFTER_THE_HEAD(Map.of("mode", "head-only", "death", "fin")),
    RESETS_IN_THE_FIRST_EVENT(Map.of("mode", "half-event", "death", "rst")),
    ENDS_IN_THE_FIRST_EVENT(Map.of("mode", "half-event", "death", "fin")),
    ANSWERS_500(status(500, "boom")),
    ANSWERS_503(status(503, "too much to do")),
    ANSWERS_429(status(429, "slow down")),
    ANSWERS_404(status(404, "no such model")),
    ANSWERS_401(status(401, "who are you")),
    ANSWERS_HTML(Map.of("mode", "html")),
    ANSWERS_AN_EMPTY_200(Map.of("mode", "empty")),
    ANSWERS_A_BARE_DONE(Map.of("mode", "done-only")),
    ANSWERS_AN_ERROR_EVENT(Map.of("mode", "error-first")),
    SAYS_NOTHING(Map.of("hang", true)),
    SAYS_NOTHING_AFTER_THE_HEAD(Map.of("mode", "head-only", "first-ms", 60_000));

    private final Map<String, ?> knobs;

    Trouble(Map<String, ?> knobs) {
        this.knobs = knobs;
    }

    Knobs on(Knobs good) {
        Knobs bad = good;
        for (Map.Entry<String, ?> knob : knobs.entrySet()) {
            bad = bad.with(knob.getKey(), knob.getValue());
        }
        return bad;
    }

    private static Map<String, ?> status(int status, String message) {
        return Map.of("status", status, "body", "{\"error\":{\"message\":\"%s\",\"type\":\"x\"}}".formatted(message));
    }
}
