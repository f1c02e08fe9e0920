package dev.geniehive.kernel.meter;

/** A gauge that is shown until this is closed. */
@FunctionalInterface
public interface Shown extends AutoCloseable {
    @Override
    void close();
}
