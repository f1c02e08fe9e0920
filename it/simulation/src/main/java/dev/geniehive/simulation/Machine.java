package dev.geniehive.simulation;

/**
 * A made-up machine with one engine.
 *
 * @param name of its host
 * @param slots how many requests it works on at once
 * @param readsPerSecond tokens of a prompt
 * @param writesPerSecond tokens of an answer, in each slot
 * @param remembers of how many conversations it keeps what it has read
 */
public record Machine(String name, int slots, double readsPerSecond, double writesPerSecond, int remembers) {
    String service() {
        return name + "/engine";
    }
}
