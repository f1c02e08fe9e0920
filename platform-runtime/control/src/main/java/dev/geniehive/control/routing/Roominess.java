package dev.geniehive.control.routing;

import dev.geniehive.control.hive.Offer;

/**
 * Who is likely to have room for a request.
 *
 * @param tokens of context that it is likely to take
 */
record Roominess(long tokens) {
    /** {@return whether the request is likely to take more context than there is} */
    boolean isNarrow(Offer offer) {
        return offer.context() < tokens;
    }
}
