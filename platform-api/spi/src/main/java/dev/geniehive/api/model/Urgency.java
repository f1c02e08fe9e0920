package dev.geniehive.api.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether somebody sits and waits for an answer. */
public enum Urgency {
    /** Somebody does. This is so where a request says nothing. */
    INTERACTIVE,
    /** Nobody does: it may wait until those are served for whom somebody does. */
    BATCH;

    /** The request header that says it. */
    public static final String HEADER = "x-geniehive-priority";

    /** {@return the word in the header, for example {@code batch}} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what a word stands for; empty if for nothing} */
    public static Optional<Urgency> named(String word) {
        return Arrays.stream(values())
                .filter(urgency -> urgency.wireName().equalsIgnoreCase(word.strip()))
                .findFirst();
    }
}
