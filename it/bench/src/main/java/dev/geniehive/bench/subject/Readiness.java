package dev.geniehive.bench.subject;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Asks until the answer is yes. */
final class Readiness {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_MILLIS = 5;

    private Readiness() {}

    /** A question that may fail as long as nobody is there. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws IOException;
    }

    static void await(Question question, Child of) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        IOException last = new IOException("no");
        while (System.nanoTime() < end && of.isAlive()) {
            try {
                if (question.ask()) {
                    return;
                }
            } catch (IOException notYet) {
                last = notYet;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new IOException("It does not get ready; it said: " + of.complaints(), last);
    }
}
