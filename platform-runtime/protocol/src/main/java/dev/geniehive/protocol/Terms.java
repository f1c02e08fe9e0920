package dev.geniehive.protocol;

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
 */
public record Terms(
        Map<String, String> aliases, int priority, double cost, OptionalInt maxConcurrent, String exposure) {
    /** Nothing was said. */
    public static final Terms NONE = new Terms(Map.of(), 0, 0, OptionalInt.empty(), "lan");

    public Terms {
        aliases = Map.copyOf(aliases);
    }
}
