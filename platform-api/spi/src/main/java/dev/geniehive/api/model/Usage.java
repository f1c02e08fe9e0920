package dev.geniehive.api.model;

/**
 * What one request cost.
 *
 * @param promptTokens tokens read, at least 0
 * @param completionTokens tokens written, at least 0
 * @param estimated true if they were counted by us, false if the engine reported them
 */
public record Usage(long promptTokens, long completionTokens, boolean estimated) {
    public Usage {
        if (promptTokens < 0 || completionTokens < 0) {
            throw new IllegalArgumentException(
                    "token counts must not be negative, were %d and %d".formatted(promptTokens, completionTokens));
        }
    }
}
