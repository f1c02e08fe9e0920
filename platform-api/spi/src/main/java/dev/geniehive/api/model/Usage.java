package dev.geniehive.api.model;

/**
 * What one request cost.
 *
 * @param promptTokens tokens read, at least 0
 * @param completionTokens tokens written, at least 0
 * @param estimated true if they were counted by us, false if the engine reported them
 * @param audioSeconds how much sound was listened to, 0 if none or if nobody said
 */
public record Usage(long promptTokens, long completionTokens, boolean estimated, double audioSeconds) {
    public Usage(long promptTokens, long completionTokens, boolean estimated) {
        this(promptTokens, completionTokens, estimated, 0);
    }

    public Usage {
        if (promptTokens < 0 || completionTokens < 0) {
            throw new IllegalArgumentException(
                    "token counts must not be negative, were %d and %d".formatted(promptTokens, completionTokens));
        }
        if (!(audioSeconds >= 0) || Double.isInfinite(audioSeconds)) {
            throw new IllegalArgumentException("seconds of sound must be at least 0, were " + audioSeconds);
        }
    }
}
