package dev.geniehive.api.host;

import java.time.Duration;

/**
 * One request on its way. Awaited by one thread, closed by any. It may be that nothing happens before somebody waits for
 * it.
 */
public interface Exchange extends AutoCloseable {
    /**
     * Waits for news, at most so long.
     *
     * @return {@link Progress.Waiting} if there is no answer yet; once it is {@link Progress.Answered} or
     *     {@link Progress.Failed} it stays that
     */
    Progress await(Duration atMost) throws InterruptedException;

    /**
     * Waits for the end of the waiting, for as long as that takes. The work may be done on this very thread, which saves
     * a change of threads. Another thread may meanwhile {@link #await} with no time, to see how far it is.
     *
     * @return {@link Progress.Answered} or {@link Progress.Failed}
     */
    default Progress settle() throws InterruptedException {
        Progress progress = await(Duration.ofMinutes(1));
        while (progress instanceof Progress.Waiting) {
            progress = await(Duration.ofMinutes(1));
        }
        return progress;
    }

    /** Ends it in whatever phase it is, and frees the engine. Closing twice is harmless. */
    @Override
    void close();
}
