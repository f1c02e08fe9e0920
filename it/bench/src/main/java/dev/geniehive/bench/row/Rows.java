package dev.geniehive.bench.row;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** All rows, in the order of the report. */
public final class Rows {
    private static final Duration PAUSE = Duration.of(Shape.PACE_MICROS, ChronoUnit.MICROS);

    private Rows() {}

    public static List<Row> all() {
        return List.of(
                Latency.closed("latency-1", "Short chats, one client, one after another", 1),
                Latency.spaced(
                        "latency-idle",
                        "Short chats, one client that pauses for %d ms before each, as long as a stream does between two chunks"
                                .formatted(PAUSE.toMillis()),
                        PAUSE),
                Latency.atHalf(
                        "latency-half",
                        "Short chats at a fixed rate, half of what GenieHive can do at 32 connections; a time counts from when the request was due"),
                Latency.closed("throughput-32", "Short chats, 32 clients, each one after another", 32),
                new Newcomers(),
                new Streams(1),
                new Streams(50),
                new Streams(1000),
                new Unpaced(),
                new OpenStreams(2000),
                new OpenStreams(10_000),
                new SlowReaders(),
                new Aborts(),
                new Bodies(),
                new Agents(),
                new Start(),
                new Idle());
    }

    /** {@return one of each kind, and none that takes long: enough to see that it works} */
    public static List<Row> quick() {
        return named("latency-1,stream-50,unpaced-16,open-2000,slow-readers,abort,agents-1000");
    }

    /** {@return the rows of a list such as {@code latency-1,abort}} */
    public static List<Row> named(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> one(name.strip()))
                .toList();
    }

    private static Row one(String name) {
        return all().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no row '%s'. There are: %s"
                        .formatted(name, all().stream().map(Row::name).toList())));
    }
}
