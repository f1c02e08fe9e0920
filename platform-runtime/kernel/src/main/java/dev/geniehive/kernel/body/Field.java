package dev.geniehive.kernel.body;

import java.util.Arrays;

/** The member names that say something to routing, and what all others are. */
enum Field {
    MODEL("model"),
    STREAM("stream"),
    STREAM_OPTIONS("stream_options"),
    INCLUDE_USAGE("include_usage"),
    TOOLS("tools"),
    FUNCTIONS("functions"),
    MESSAGES("messages"),
    PROMPT("prompt"),
    INPUT("input"),
    RESPONSE_FORMAT("response_format"),
    TYPE("type"),
    IMAGE_URL("image_url"),
    INPUT_IMAGE("input_image"),
    INPUT_AUDIO("input_audio"),
    FILE_DATA("file_data"),
    MAX_COMPLETION_TOKENS("max_completion_tokens"),
    MAX_TOKENS("max_tokens"),
    N("n"),
    /** Any other member. */
    OTHER(""),
    /** No member: an element of an array. */
    ITEM("");

    private static final Field[] NAMED =
            Arrays.stream(values()).filter(field -> !field.key.isEmpty()).toArray(Field[]::new);

    private final String key;

    Field(String key) {
        this.key = key;
    }

    static Field of(Text name) {
        for (Field field : NAMED) {
            if (name.is(field.key)) {
                return field;
            }
        }
        return OTHER;
    }

    /** {@return whether the strings below it are the prompt} */
    boolean isPrompt() {
        return this == MESSAGES || this == PROMPT || this == INPUT;
    }

    /** {@return whether the strings below it are encoded pictures, sounds or files rather than text} */
    boolean isMedia() {
        return this == IMAGE_URL || this == INPUT_IMAGE || this == INPUT_AUDIO || this == FILE_DATA;
    }
}
