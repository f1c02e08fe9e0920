package dev.geniehive.plugin.llamacpp;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Slots;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How busy a server with one model is.
 *
 * @param slots its slots, unless they are hidden ({@code --no-slots}) or the model sleeps
 * @param waiting requests that wait for a slot, if that is known
 */
record Load(Optional<Slots> slots, OptionalInt waiting) {
    private static final Load UNKNOWN = new Load(Optional.empty(), OptionalInt.empty());
    private static final String DEFERRED = "llamacpp:requests_deferred ";

    /** Asking for the slots wakes a sleeping model, so it is not asked then. */
    static Load of(Upstream upstream, Json props) throws InterruptedException {
        if (LlamaModel.sleeps(props) || props.get("endpoint_slots").equals(Json.of(false))) {
            return UNKNOWN;
        }
        Probe probe = Probe.get(upstream, "/slots");
        List<Json> all = probe.ok() ? probe.json().items() : List.of();
        if (all.isEmpty()) {
            return UNKNOWN;
        }
        int busy = (int) all.stream()
                .filter(slot -> slot.get("is_processing").asBoolean().orElse(false))
                .count();
        return new Load(Optional.of(new Slots(all.size(), busy)), waiting(upstream, busy < all.size()));
    }

    private static OptionalInt waiting(Upstream upstream, boolean slotFree) throws InterruptedException {
        if (slotFree) {
            return OptionalInt.of(0);
        }
        Probe metrics = Probe.get(upstream, "/metrics");
        return metrics.ok()
                ? metrics.text()
                        .lines()
                        .filter(line -> line.startsWith(DEFERRED))
                        .mapToInt(line -> count(line.substring(DEFERRED.length())))
                        .filter(count -> count >= 0)
                        .findFirst()
                : OptionalInt.empty();
    }

    /** {@return a count, -1 if it is none} */
    private static int count(String value) {
        try {
            return (int) Double.parseDouble(value);
        } catch (NumberFormatException noNumber) {
            return -1;
        }
    }
}
