package dev.geniehive.api.host;

import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One section of the configuration, as its owner reads it.
 *
 * <p>Reads are recorded: a key that is there and that nobody reads is reported as unknown. A value of the wrong type
 * is reported with its place, together with all other problems, and reads as if it were absent.
 */
public interface ConfigView {
    Optional<String> string(String key);

    OptionalInt integer(String key);

    Optional<Boolean> bool(String key);

    /** {@return a time such as {@code 250ms}, {@code 30s} or {@code 5m}} */
    Optional<Duration> duration(String key);

    /** {@return a size in bytes such as {@code 64KiB} or {@code 8GiB}} */
    OptionalLong bytes(String key);

    /** {@return the strings of a list; empty if the key is absent} */
    List<String> strings(String key);

    /** {@return a section below; an empty view if it is absent} */
    ConfigView section(String key);

    /** {@return the sections of a list of sections, or an empty list} */
    List<ConfigView> sections(String key);

    /**
     * {@return a value of any shape as JSON, {@link Json#nothing} if it is absent} Numbers and {@code true} and
     * {@code false} are that unless they stand in quotes; everything below the key counts as read.
     */
    Json json(String key);

    /** {@return the keys that are there, in the order of the file} */
    List<String> keys();

    /** Reports that a value is not acceptable, with its place; the configuration as a whole will be refused. */
    void reject(String key, String why);
}
