package dev.geniehive.kernel.app;

/**
 * Lets threads that are ready to go on do so before one waits at a socket, which then often has something to read: so
 * nobody parks, and no poller has to look after the socket. With all processors busy that is up to a third of what a short
 * request costs. Where nobody else was ready it is left out for a while, since even that takes some microseconds.
 *
 * <p>One for each connection; used by one thread at a time.
 */
public final class Courtesy {
    /** To come back where nobody else is ready takes 1 to 4 µs; a request of somebody else takes more than 30. */
    private static final long ALONE_NANOS = 10_000;

    /** After it was for nothing it is left out so many times. */
    private static final int LEFT_OUT = 15;

    /** Some requests long, so that all who let others go have had their turn before one is over. */
    private static final long SLICE_NANOS = 1 << 21;

    private final Ticker ticker;
    private int leftOut;

    public Courtesy(Ticker ticker) {
        this.ticker = ticker;
    }

    /** For who has asked and waits for an answer. */
    public void letOthersGo() {
        if (leftOut > 0) {
            leftOut--;
        } else {
            letOthersGo(ticker.nanos());
        }
    }

    /**
     * For who waits to be asked. The JDK's scheduler takes those that a poller has woken only when none of its own are
     * ready, and where everybody lets others go there always are some. So in every other 2 ms nobody does who waits to be
     * asked.
     */
    public void letOthersGoInTurns() {
        if (leftOut > 0) {
            leftOut--;
            return;
        }
        long now = ticker.nanos();
        if ((now & SLICE_NANOS) == 0) {
            letOthersGo(now);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is meant
    private void letOthersGo(long now) {
        Thread.yield();
        if (ticker.nanos() - now < ALONE_NANOS) {
            leftOut = LEFT_OUT;
        }
    }
}
