package dev.geniehive.control.queue;

import dev.geniehive.api.host.ConfigView;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Section {@code queues} of the configuration. Every queue exists; the section says what is special about some.
 *
 * @param named those that the section says something about, by name
 * @param maxDepth of a queue that says nothing else
 * @param deadline of a queue that says nothing else
 */
public record Queues(SortedMap<String, QueueRules> named, int maxDepth, Duration deadline) {
    /** What a queue may be called. */
    public static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

    private static final int MOST = 100_000;
    /** After how long a wait overflow begins where it is allowed and nothing else is said. */
    public static final Duration OVERFLOW_AFTER = Duration.ofSeconds(20);

    public Queues {
        named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
    }

    /** No queue is special. */
    public Queues(int maxDepth, Duration deadline) {
        this(new TreeMap<>(), maxDepth, deadline);
    }

    /** {@return the rules of a queue} */
    public QueueRules of(String name) {
        QueueRules rules = named.get(name);
        return rules == null ? new QueueRules(name, maxDepth, deadline) : rules;
    }

    /** {@return the queues of a section; what is not acceptable is rejected there with its place} */
    public static Queues from(ConfigView config, int maxDepth, Duration deadline) {
        SortedMap<String, QueueRules> named = new TreeMap<>();
        for (String name : config.keys()) {
            if (!name.matches(NAME)) {
                config.reject(name, "a queue is called by small letters, digits and dashes, was '%s'".formatted(name));
            }
            named.put(name, rules(name, config.section(name), maxDepth, deadline));
        }
        return new Queues(named, maxDepth, deadline);
    }

    private static QueueRules rules(String name, ConfigView section, int maxDepth, Duration deadline) {
        int depth = section.integer("max-depth").orElse(maxDepth);
        if (depth < 0 || depth > MOST) {
            section.reject("max-depth", "must be between 0 and %d, was %d".formatted(MOST, depth));
        }
        int priority = section.integer("priority").orElse(0);
        if (priority < -1000 || priority > 1000) {
            section.reject("priority", "must be between -1000 and 1000, was %d".formatted(priority));
        }
        Duration own = positive(section, "deadline", deadline);
        return new QueueRules(
                name,
                priority,
                depth,
                own,
                section.strings("hosts").stream().distinct().toList(),
                overflowAfter(section.section("overflow"), own));
    }

    /**
     * {@return what a section {@code overflow} of a queue or a role says: after how long a wait, if at all}
     *
     * @param deadline how long one may wait at most
     */
    public static Optional<Duration> overflowAfter(ConfigView section, Duration deadline) {
        boolean allowed = section.bool("allow").orElse(false);
        boolean said = section.keys().contains("queue-deadline");
        Duration after = positive(section, "queue-deadline", OVERFLOW_AFTER);
        if (allowed && after.compareTo(deadline) >= 0) {
            section.reject(
                    said ? "queue-deadline" : "allow",
                    "queue-deadline must be shorter than the queue's deadline of %d s, was %d s"
                            .formatted(deadline.toSeconds(), after.toSeconds()));
        }
        return allowed ? Optional.of(after) : Optional.empty();
    }

    private static Duration positive(ConfigView config, String key, Duration fallback) {
        Duration value = config.duration(key).orElse(fallback);
        if (!value.isPositive()) {
            config.reject(key, "must be longer than 0, was %s".formatted(value));
        }
        return value;
    }
}
