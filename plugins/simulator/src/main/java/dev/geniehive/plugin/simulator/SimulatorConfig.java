package dev.geniehive.plugin.simulator;

import dev.geniehive.api.host.ConfigView;
import java.time.Duration;
import java.util.List;

/**
 * How the simulator behaves.
 *
 * @param tokensPerSecond how fast it writes; {@code tokens-per-second}, 50 if absent, 1 to 100,000
 * @param firstToken how long it thinks first; {@code first-token}, 100 ms if absent, at most an hour
 * @param models the names it answers to; {@code models}, only {@code simulated-model} if absent
 * @param slots how many requests it says it works on at once; {@code slots}, 4 if absent, 1 to 1,000
 */
record SimulatorConfig(int tokensPerSecond, Duration firstToken, List<String> models, int slots) {
    static final SimulatorConfig DEFAULT =
            new SimulatorConfig(50, Duration.ofMillis(100), List.of("simulated-model"), 4);

    private static final Duration LONGEST = Duration.ofHours(1);

    SimulatorConfig {
        models = List.copyOf(models);
    }

    /** {@return the delay between two tokens} */
    Duration perToken() {
        return Duration.ofSeconds(1).dividedBy(tokensPerSecond);
    }

    /** Reads it; what is out of bounds is rejected. */
    static SimulatorConfig from(ConfigView config) {
        Duration firstToken = config.duration("first-token").orElse(DEFAULT.firstToken);
        if (firstToken.isNegative() || firstToken.compareTo(LONGEST) > 0) {
            config.reject("first-token", "must be between 0s and 1h");
            firstToken = DEFAULT.firstToken;
        }
        List<String> models = config.strings("models").stream()
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
        return new SimulatorConfig(
                number(config, "tokens-per-second", DEFAULT.tokensPerSecond, 100_000),
                firstToken,
                models.isEmpty() ? DEFAULT.models : models,
                number(config, "slots", DEFAULT.slots, 1_000));
    }

    private static int number(ConfigView config, String key, int absent, int most) {
        int number = config.integer(key).orElse(absent);
        if (number < 1 || number > most) {
            config.reject(key, "must be between 1 and " + most);
            return absent;
        }
        return number;
    }
}
