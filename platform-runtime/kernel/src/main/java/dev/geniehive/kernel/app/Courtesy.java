package dev.geniehive.kernel.app;

/**
 * Lets threads that are ready to go on do so before one waits for a socket, which then often has something to read: so
 * nobody parks, and no poller has to look after the socket. With all processors busy that is up to a third of what a short
 * request costs. Where nobody else is ready it returns at once.
 */
public final class Courtesy {
    /** A few requests long, so that all who let others go have had their turn by the end of one. */
    private static final long SLICE_NANOS = 1 << 21;

    private Courtesy() {}

    /** For who has asked and waits for an answer. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is meant
    public static void letOthersGo() {
        Thread.yield();
    }

    /**
     * For who waits to be asked. The JDK's scheduler takes those that a poller has woken only when none of its own are
     * ready, and where everybody lets others go, there always are some. So every other 2 ms nobody does who waits to be
     * asked.
     *
     * @param nanos the time now, monotonic
     */
    public static void letOthersGoAt(long nanos) {
        if ((nanos & SLICE_NANOS) == 0) {
            letOthersGo();
        }
    }
}
