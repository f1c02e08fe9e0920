package dev.geniehive.plugin.whisper;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;

/**
 * What a client wants to get back.
 *
 * @param format its {@code response_format}; {@code json} if it names none
 * @param words whether it wants the times of single words
 * @param stream whether it wants events
 */
record Wanted(String format, boolean words, boolean stream) {
    /** No format and no language has a longer name. */
    static final int LONGEST = 64;

    static Wanted of(Body form) {
        String format = "json";
        boolean words = false;
        for (FormPart part : form.parts()) {
            String value = part.fileName().isEmpty() && part.length() <= LONGEST ? part.text() : "";
            switch (part.name()) {
                case "response_format" -> format = value;
                case "timestamp_granularities", "timestamp_granularities[]" -> words |= value.equals("word");
                default -> {}
            }
        }
        return new Wanted(format, words, form.facts().stream());
    }
}
