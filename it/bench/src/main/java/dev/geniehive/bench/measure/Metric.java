package dev.geniehive.bench.measure;

/** A name and a unit. */
public record Metric(String name, String unit) {
    /** {@return whether a difference says more than a quotient alone} */
    public boolean isTime() {
        return unit.equals("µs") || unit.equals("ms");
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(name, unit);
    }
}
