package dev.geniehive.control.routing;

/**
 * What a request needs beyond its name and operation.
 *
 * @param minContext tokens of context at least; 0 if it does not matter
 */
public record Need(int minContext) {
    /** Nothing. */
    public static final Need NOTHING = new Need(0);
}
