package dev.geniehive.api.model;

/** A text is not JSON. The message says where, as line and column (both from 1), and what is wrong. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
