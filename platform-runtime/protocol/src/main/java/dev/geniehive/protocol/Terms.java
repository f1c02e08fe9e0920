package dev.geniehive.protocol;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the operator said about a service.
 *
 * @param aliases further names of its models: alias to the engine's own name
 * @param priority preference, higher first
 * @param cost price, lower first
 * @param maxConcurrent how many requests it may work on at once, where it is not to be asked
 * @param exposure who may use it, for example {@code lan}
 * @param queues the requests of which queues it works on; never empty
 */
public record Terms(
        Map<String, String> aliases,
        int priority,
        double cost,
        OptionalInt maxConcurrent,
        String exposure,
        List<String> queues) {
    /** The queue of whoever names no other. */
    public static final String SHARED_QUEUE = "shared";

    /** The exposure of what is used only when a queue may overflow. */
    public static final String OVERFLOW = "overflow";

    private static final List<String> SHARED = List.of(SHARED_QUEUE);

    /** Nothing was said. */
    public static final Terms NONE = new Terms(Map.of(), 0, 0, OptionalInt.empty(), "lan");

    public Terms {
        aliases = Map.copyOf(aliases);
        queues = queues.isEmpty() ? SHARED : List.copyOf(queues);
    }

    /** A service that works on what everybody asks. */
    public Terms(Map<String, String> aliases, int priority, double cost, OptionalInt maxConcurrent, String exposure) {
        this(aliases, priority, cost, maxConcurrent, exposure, SHARED);
    }

    /** {@return the same for a service that works on the requests of these queues} */
    public Terms serving(List<String> named) {
        return queues.equals(named) ? this : new Terms(aliases, priority, cost, maxConcurrent, exposure, named);
    }

    /** {@return whether it is kept for requests that have waited too long elsewhere} */
    public boolean overflow() {
        return exposure.equals(OVERFLOW);
    }
}
