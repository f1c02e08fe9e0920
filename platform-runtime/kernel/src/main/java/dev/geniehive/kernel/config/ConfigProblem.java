package dev.geniehive.kernel.config;

/**
 * Something in the configuration that cannot be accepted.
 *
 * @param origin where it stands
 * @param key the dotted key that it is about, or empty if it is about the file as a whole
 * @param message what was expected and what was found; never a secret
 */
public record ConfigProblem(Origin origin, String key, String message) {
    /** {@return one line: place, key and message} */
    @Override
    public String toString() {
        return key.isEmpty() ? origin + ": " + message : origin + ": " + key + ": " + message;
    }
}
