package dev.geniehive.api.model;

/**
 * How many requests an engine works on at the same time.
 *
 * @param total how many it can, at least 1
 * @param busy how many of them are taken right now, by whomever; 0 to {@code total}
 */
public record Slots(int total, int busy) {
    public Slots {
        if (total < 1 || busy < 0 || busy > total) {
            throw new IllegalArgumentException(
                    "slots must be 0 ≤ busy ≤ total with total ≥ 1, were %d of %d".formatted(busy, total));
        }
    }
}
