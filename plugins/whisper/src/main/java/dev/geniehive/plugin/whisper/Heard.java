package dev.geniehive.plugin.whisper;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Usage;
import java.util.Optional;

/** Reads what a transcript cost out of it. */
final class Heard {
    private static final double LONGEST_SECONDS = 1e7;

    private Heard() {}

    /** {@return tokens or seconds as the engine reports them, empty if it does not} */
    static Optional<Usage> usage(Json transcript) {
        Json usage = transcript.get("usage");
        long input = count(usage.get("input_tokens"), usage.get("prompt_tokens"));
        long output = count(usage.get("output_tokens"), usage.get("completion_tokens"));
        double seconds = seconds(usage.get("seconds"), transcript.get("duration"));
        return input + output + seconds > 0 ? Optional.of(new Usage(input, output, false, seconds)) : Optional.empty();
    }

    private static long count(Json first, Json second) {
        return Math.max(0, first.asLong().orElse(second.asLong().orElse(0)));
    }

    private static double seconds(Json first, Json second) {
        double seconds = first.asDouble().orElse(second.asDouble().orElse(0));
        return seconds >= 0 && seconds < LONGEST_SECONDS ? seconds : 0;
    }
}
