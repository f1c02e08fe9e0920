package dev.geniehive.api.host;

import java.time.Duration;

/** One request on its way. Awaited by one thread, closed by any. */
public interface Exchange extends AutoCloseable {
    /**
     * Waits for news, at most so long.
     *
     * @return {@link Progress.Waiting} if there is no answer yet; once it is {@link Progress.Answered} or
     *     {@link Progress.Failed} it stays that
     */
    Progress await(Duration atMost) throws InterruptedException;

    /** Ends it in whatever phase it is, and frees the engine. Closing twice is harmless. */
    @Override
    void close();
}
