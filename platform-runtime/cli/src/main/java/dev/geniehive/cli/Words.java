package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;

/** JSON values as cells of a table. */
final class Words {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Words() {}

    /** {@return the value as text; a dash for what is absent} */
    static String of(Json value) {
        return value.equals(Json.nothing()) ? "-" : value.asString().orElse(value.toString());
    }

    /** {@return the values, or a word for "no limit"} */
    static String allOr(Json values) {
        return values.items().isEmpty() ? "all" : list(values);
    }

    /** {@return a number of bytes for people, for example {@code 62.8 GiB}} */
    static String size(Json bytes) {
        if (bytes.asDouble().isEmpty()) {
            return of(bytes);
        }
        double rest = bytes.asDouble().getAsDouble();
        int unit = 0;
        while (rest >= 1024 && unit < UNITS.size() - 1) {
            rest /= 1024;
            unit++;
        }
        return (unit == 0 ? "%.0f %s" : "%.1f %s").formatted(rest, UNITS.get(unit));
    }

    /** {@return a number of milliseconds for people, for example {@code 1.5 s}} */
    static String seconds(Json millis) {
        return millis.asDouble().isEmpty()
                ? of(millis)
                : "%.1f s".formatted(millis.asDouble().getAsDouble() / 1000);
    }

    /** {@return how long ago a time was, for example {@code 3 s ago}; the text itself if it is none} */
    static String ago(Json time, InstantSource clock) {
        try {
            Duration since = Duration.between(Instant.parse(of(time)), clock.instant());
            long seconds = Math.max(0, since.toSeconds());
            if (seconds < 120) {
                return seconds + " s ago";
            }
            return seconds < 7200
                    ? since.toMinutes() + " min ago"
                    : seconds < 172_800 ? since.toHours() + " h ago" : since.toDays() + " days ago";
        } catch (DateTimeParseException none) {
            return of(time);
        }
    }

    /** {@return the text, or a dash where there is none} */
    static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    static String list(Json values) {
        return values.items().stream().map(Words::of).collect(Collectors.joining(", "));
    }
}
