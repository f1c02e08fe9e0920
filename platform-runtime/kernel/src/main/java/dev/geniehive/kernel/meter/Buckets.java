package dev.geniehive.kernel.meter;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** The upper bounds of the histograms, as OpenTelemetry's conventions for generative AI advise them. */
final class Buckets {
    private Buckets() {}

    /** From 10 ms to five and a half minutes: a cold model loads. */
    static Duration[] request() {
        return seconds(
                0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68);
    }

    static Duration[] firstToken() {
        return seconds(
                0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 30.0, 60.0,
                300.0);
    }

    static Duration[] perToken() {
        return seconds(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
    }

    static Duration[] call() {
        return seconds(0.0001, 0.001, 0.01, 0.1, 1.0, 10.0);
    }

    static double[] tokens() {
        return new double[] {1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576};
    }

    private static Duration[] seconds(double... seconds) {
        return DoubleStream.of(seconds)
                .mapToObj(value -> Duration.ofNanos(Math.round(value * 1e9)))
                .toArray(Duration[]::new);
    }
}
