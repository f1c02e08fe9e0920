package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.Locale;

/**
 * What one check of the doctor found.
 *
 * @param check what was looked at, a word or two
 * @param found in a sentence
 * @param next what to do about it; empty if nothing
 */
record Finding(String check, Level level, String found, String next) {
    /** How bad it is. */
    enum Level {
        OK,
        /** It works, and may not for long. */
        WARNING,
        PROBLEM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Level.OK, found, "");
    }

    static Finding warning(String check, String found, String next) {
        return new Finding(check, Level.WARNING, found, next);
    }

    static Finding problem(String check, String found, String next) {
        return new Finding(check, Level.PROBLEM, found, next);
    }

    boolean isProblem() {
        return level == Level.PROBLEM;
    }

    Json json() {
        return Json.object()
                .put("check", check)
                .put("level", level.word())
                .put("found", found)
                .put("next_step", next);
    }
}
