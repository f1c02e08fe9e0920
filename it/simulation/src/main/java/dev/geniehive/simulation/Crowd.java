package dev.geniehive.simulation;

import dev.geniehive.api.model.Urgency;

/**
 * Some who come for the same thing.
 *
 * @param name in the table
 * @param key the key that all of them use
 * @param urgency whether somebody sits and waits for their answers
 * @param from the second in which they begin to come
 * @param perSecond how many conversations begin
 * @param conversations how many there are in all
 */
public record Crowd(String name, String key, Urgency urgency, double from, double perSecond, int conversations) {
    /** {@return the second by which about all of them have come} */
    double until() {
        return from + conversations / perSecond;
    }
}
