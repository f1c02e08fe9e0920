package dev.geniehive.api.model;

import java.util.Arrays;
import java.util.Optional;

/** Something that not every model of an operation can do, and that a request may need. */
public enum Ability {
    TOOLS("tools"),
    IMAGES("images"),
    AUDIO("audio"),
    REASONING("reasoning"),
    STRUCTURED_OUTPUT("structured-output");

    private final String wireName;

    Ability(String wireName) {
        this.wireName = wireName;
    }

    /** {@return the name in configuration and JSON, for example {@code structured-output}} */
    public String wireName() {
        return wireName;
    }

    /** {@return the ability of a wire name, empty if there is none} */
    public static Optional<Ability> named(String wireName) {
        return Arrays.stream(values())
                .filter(ability -> ability.wireName.equals(wireName))
                .findFirst();
    }
}
