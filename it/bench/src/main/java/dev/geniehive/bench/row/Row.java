package dev.geniehive.bench.row;

import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.subject.Subject;
import java.io.IOException;

/** One thing to measure about any subject. */
public interface Row {
    /** {@return what it is called on the command line and in the report} */
    String name();

    /** {@return what is measured, for the reader of a report} */
    String says();

    /** {@return whether it means anything for this one} */
    default boolean fits(Subject subject) {
        return true;
    }

    /** {@return whether each round wants the subject newly started} */
    default boolean wantsFresh() {
        return false;
    }

    /** {@return what one round says} @throws IOException if it cannot be measured, which makes it void */
    Sample measure(Running subject, Conditions conditions) throws IOException, InterruptedException;

    /** {@return whether this is about starting: only then those take part of whom nothing else is of interest} */
    default boolean aboutStarting() {
        return false;
    }
}
