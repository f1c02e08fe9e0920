package dev.geniehive.plugin.ranking;

import dev.geniehive.api.host.ConfigView;

/**
 * What the policies are told.
 *
 * @param answerTokens how many tokens an answer is assumed to have; {@code answer-tokens}, 1 to 100,000, 256 if absent
 * @param prefixBonus what a warm service is let off; {@code prefix-bonus} in percent, 0 to 90, 50 if absent
 * @param weights of services; {@code weights}
 */
record RankingConfig(int answerTokens, double prefixBonus, Weights weights) {
    private static final int USUAL_TOKENS = 256;
    private static final int MOST_TOKENS = 100_000;
    private static final int USUAL_BONUS = 50;
    private static final int MOST_BONUS = 90;

    /** Reads it; what is out of bounds is rejected. */
    static RankingConfig from(ConfigView config) {
        return new RankingConfig(
                number(config, "answer-tokens", 1, MOST_TOKENS, USUAL_TOKENS),
                number(config, "prefix-bonus", 0, MOST_BONUS, USUAL_BONUS) / 100.0,
                Weights.from(config));
    }

    private static int number(ConfigView config, String key, int least, int most, int absent) {
        int number = config.integer(key).orElse(absent);
        if (number < least || number > most) {
            config.reject(key, "must be between %d and %d, was %d".formatted(least, most, number));
            return absent;
        }
        return number;
    }
}
