package dev.geniehive.kernel.app;

/** A clock that only ever goes forward. Everything about liveness and durations is measured with it. */
@FunctionalInterface
public interface Ticker {
    /** {@return nanoseconds since some fixed moment} */
    long nanos();

    /** {@return the machine's own} */
    static Ticker system() {
        return System::nanoTime;
    }
}
