package dev.geniehive.plugin.textservers;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Slots;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How busy an SGLang is, all of its ranks together.
 *
 * @param slots how many requests it works on at most, and on how many now, if it says both
 * @param waiting how many wait, if it says
 */
record SglangLoad(Optional<Slots> slots, OptionalInt waiting) {
    /**
     * {@return what it says}
     *
     * @param loads of {@code /v1/loads}
     * @param server of {@code /server_info}
     */
    static SglangLoad of(Json loads, Json server) {
        List<Json> ranks = loads.get("loads").items();
        OptionalInt running = sum(ranks, "num_running_reqs");
        OptionalInt most = number(server.get("max_running_requests"));
        Optional<Slots> slots = running.isPresent() && most.isPresent() && most.getAsInt() > 0
                ? Optional.of(new Slots(most.getAsInt(), Math.min(most.getAsInt(), running.getAsInt())))
                : Optional.empty();
        return new SglangLoad(slots, sum(ranks, "num_waiting_reqs"));
    }

    /** {@return the sum, empty if there is nothing to add up or a rank does not say} */
    private static OptionalInt sum(List<Json> ranks, String name) {
        long sum = 0;
        for (Json rank : ranks) {
            OptionalInt number = number(rank.get(name));
            if (number.isEmpty()) {
                return number;
            }
            sum += number.getAsInt();
        }
        return ranks.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, sum));
    }

    private static OptionalInt number(Json json) {
        OptionalLong number = json.asLong();
        return number.isPresent() && number.getAsLong() >= 0
                ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, number.getAsLong()))
                : OptionalInt.empty();
    }
}
