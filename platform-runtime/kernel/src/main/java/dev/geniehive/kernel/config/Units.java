package dev.geniehive.kernel.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values with a unit: times such as {@code 250ms} and sizes such as {@code 64KiB}. A number without a unit is refused. */
public final class Units {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,18})([A-Za-z]+)");

    /** In nanoseconds. */
    private static final Map<String, Long> TIMES = Map.of(
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    private static final Map<String, Long> SIZES = Map.of(
            "B", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);

    private Units() {}

    /**
     * {@return a time such as {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 7d}}
     *
     * @throws IllegalArgumentException if it is none; the message says only what was expected
     */
    public static Duration duration(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        Long unit = matcher.matches() ? TIMES.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("expected a time such as 250ms, 30s, 5m or 2h");
        }
        try {
            return Duration.ofNanos(Math.multiplyExact(unit, Long.parseLong(matcher.group(1))));
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("expected a time of less than 292 years");
        }
    }

    /**
     * {@return the bytes of a size such as {@code 512B}, {@code 64KiB}, {@code 1MB} or {@code 8GiB}}
     *
     * @throws IllegalArgumentException if it is none; the message says only what was expected
     */
    public static long bytes(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        Long unit = matcher.matches() ? SIZES.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("expected a size such as 512B, 64KiB, 1MB or 8GiB");
        }
        try {
            return Math.multiplyExact(unit, Long.parseLong(matcher.group(1)));
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("expected a size below 8 exbibytes");
        }
    }
}
