package dev.geniehive.control.routing;

/**
 * What a request needs beyond its name and operation.
 *
 * @param minContext tokens of context at least; 0 if it does not matter
 * @param claim where it may wait
 */
public record Need(int minContext, Claim claim) {
    /** Nothing. */
    public static final Need NOTHING = new Need(0);

    /** Of a request whose key is bound to no queue. */
    public Need(int minContext) {
        this(minContext, Claim.FREE);
    }

    /** {@return the same of a request that may wait elsewhere} */
    public Need with(Claim other) {
        return new Need(minContext, other);
    }
}
