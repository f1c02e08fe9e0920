package dev.geniehive.kernel.link;

import java.io.IOException;
import java.time.Duration;

/** How messages say things. */
final class LinkWords {
    private LinkWords() {}

    static String time(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
