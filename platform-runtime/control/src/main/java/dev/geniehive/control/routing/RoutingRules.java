package dev.geniehive.control.routing;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.control.queue.Queues;
import java.time.Duration;

/**
 * Section {@code routing} of the configuration.
 *
 * @param ranking name of the ranking policy; {@code loaded-first} if absent
 * @param loadOnDemand whether a request may have a model loaded; true if absent ({@code load: on-demand | never})
 * @param attempts how many services one request may be tried on, 1 to 10; 3 if absent
 * @param connectTimeout how long to wait for a connection; 2 s if absent
 * @param firstByteTimeout how long to wait for an answer to begin; 5 min if absent
 * @param streamIdleTimeout how long a stream may pause; 2 min if absent
 * @param maxQueue how many requests may wait for a slot, 0 to 100,000; 512 if absent
 * @param queueTimeout how long one may wait there; 60 s if absent
 * @param queues section {@code queues}: what is special about some
 */
public record RoutingRules(
        String ranking,
        boolean loadOnDemand,
        int attempts,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration streamIdleTimeout,
        int maxQueue,
        Duration queueTimeout,
        Queues queues) {
    /** What holds where the configuration says nothing. */
    public static final RoutingRules DEFAULTS = new RoutingRules(
            "loaded-first",
            true,
            3,
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            512,
            Duration.ofSeconds(60));

    /** Rules under which no queue is special. */
    public RoutingRules(
            String ranking,
            boolean loadOnDemand,
            int attempts,
            Duration connectTimeout,
            Duration firstByteTimeout,
            Duration streamIdleTimeout,
            int maxQueue,
            Duration queueTimeout) {
        this(
                ranking,
                loadOnDemand,
                attempts,
                connectTimeout,
                firstByteTimeout,
                streamIdleTimeout,
                maxQueue,
                queueTimeout,
                new Queues(maxQueue, queueTimeout));
    }

    /** {@return the rules of both sections; what is not acceptable is rejected there with its place} */
    public static RoutingRules from(ConfigView routing, ConfigView queues) {
        RoutingRules rules = from(routing);
        return rules.with(Queues.from(queues, rules.maxQueue, rules.queueTimeout));
    }

    private RoutingRules with(Queues special) {
        return new RoutingRules(
                ranking,
                loadOnDemand,
                attempts,
                connectTimeout,
                firstByteTimeout,
                streamIdleTimeout,
                maxQueue,
                queueTimeout,
                special);
    }

    /** {@return the rules of a section; what is not acceptable is rejected there with its place} */
    public static RoutingRules from(ConfigView config) {
        String load = config.string("load").orElse("on-demand");
        if (!load.equals("on-demand") && !load.equals("never")) {
            config.reject("load", "must be on-demand or never, was '%s'".formatted(load));
        }
        return new RoutingRules(
                config.string("ranking").orElse(DEFAULTS.ranking),
                !load.equals("never"),
                between(config, "attempts", 1, 10, DEFAULTS.attempts),
                positive(config, "connect-timeout", DEFAULTS.connectTimeout),
                positive(config, "first-byte-timeout", DEFAULTS.firstByteTimeout),
                positive(config, "stream-idle-timeout", DEFAULTS.streamIdleTimeout),
                between(config, "max-queue", 0, 100_000, DEFAULTS.maxQueue),
                positive(config, "queue-timeout", DEFAULTS.queueTimeout));
    }

    private static int between(ConfigView config, String key, int least, int most, int fallback) {
        int value = config.integer(key).orElse(fallback);
        if (value < least || value > most) {
            config.reject(key, "must be between %d and %d, was %d".formatted(least, most, value));
        }
        return value;
    }

    private static Duration positive(ConfigView config, String key, Duration fallback) {
        Duration value = config.duration(key).orElse(fallback);
        if (!value.isPositive()) {
            config.reject(key, "must be longer than 0, was %s".formatted(value));
        }
        return value;
    }
}
