package dev.geniehive.control.events;

import dev.geniehive.api.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A change and its place among all of them.
 *
 * @param id unique over restarts: the log it belongs to and its number there
 * @param number from 1, without gaps
 * @param at when it was noticed, by the wall clock
 * @param change what happened
 */
record Event(String id, long number, Instant at, Change change) {
    /** {@return it as a server-sent event} */
    byte[] line() {
        Json.Obj data = Json.object()
                .put("id", id)
                .put("at", at.toString())
                .put("kind", change.kind())
                .put("subject", change.subject())
                .put("message", change.message());
        return "id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(id, change.kind(), data)
                .getBytes(StandardCharsets.UTF_8);
    }
}
