package dev.geniehive.api.model;

import java.util.Arrays;
import java.util.Optional;

/** What a client can ask a model for. One operation has one request and reply shape, OpenAI's. */
public enum Operation {
    CHAT("chat"),
    COMPLETION("completion"),
    EMBEDDING("embedding"),
    TRANSCRIPTION("transcription"),
    TRANSLATION("translation"),
    RERANK("rerank");

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    /** {@return the name in configuration, JSON and metrics, for example {@code chat}} */
    public String wireName() {
        return wireName;
    }

    /** {@return the operation of a wire name, empty if there is none} */
    public static Optional<Operation> named(String wireName) {
        return Arrays.stream(values())
                .filter(operation -> operation.wireName.equals(wireName))
                .findFirst();
    }
}
