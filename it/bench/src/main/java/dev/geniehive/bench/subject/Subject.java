package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Path;

/** What can be measured. */
public interface Subject {
    /** {@return what it is called in the report, for example {@code nginx}} */
    String name();

    /** {@return whether it can be started anew, so that its start and its memory can be looked at} */
    boolean startsAnew();

    /**
     * Starts one and waits until it answers.
     *
     * @param folder for its files, its own
     * @throws IOException with what it said, if it does not start
     */
    Running start(Path folder) throws IOException, InterruptedException;

    /** {@return whether only its starts are of interest: it takes part in no other rows} */
    default boolean onlyStarts() {
        return false;
    }
}
