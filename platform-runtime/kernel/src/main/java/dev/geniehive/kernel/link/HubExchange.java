package dev.geniehive.kernel.link;

import dev.geniehive.kernel.app.Ticker;
import java.util.concurrent.atomic.AtomicInteger;

/** One request and its reply on a connection: what the reader of the connection and the caller share. */
final class HubExchange {
    /** What is missing until the connection is idle again: the end of the request and that of the reply. */
    private static final int BOTH = 2;

    private static final int ABANDONED = -BOTH;

    private final HubLine line;
    private final Inbox inbox;
    private final AtomicInteger missing = new AtomicInteger(BOTH);
    private boolean headed;
    private boolean answered;
    private volatile boolean ending;
    private volatile boolean refused;

    HubExchange(HubLine line, Ticker ticker) {
        this.line = line;
        this.inbox = new Inbox(ticker);
    }

    HubLine line() {
        return line;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Takes a frame of the node's, on the reader's thread. */
    void accept(Frame frame) throws MalformedFrameException, InterruptedException {
        boolean inOrder = !answered
                && switch (frame.type()) {
                    case HEAD -> ending && !headed;
                    case DATA, END, ABORT -> headed;
                    case REFUSED -> !headed;
                    case OPEN, PING, PONG, NUDGE -> false;
                };
        if (!inOrder) {
            throw new MalformedFrameException("a frame %s came out of its turn".formatted(frame.type()));
        }
        switch (frame.type()) {
            case HEAD -> headed = true;
            case REFUSED, END, ABORT -> answered = true;
            default -> {}
        }
        refused |= frame.type() == FrameType.REFUSED;
        if (answered) {
            oneLess();
        }
        inbox.put(frame);
    }

    /** Says that the end of the request is about to be written. */
    void ending() {
        ending = true;
    }

    /** Says that the end of the request has been written. */
    void asked() {
        oneLess();
    }

    private void oneLess() {
        if (missing.decrementAndGet() == 0) {
            line.over();
        }
    }

    /** {@return whether the node wants no more of the request} */
    boolean isRefused() {
        return refused;
    }

    /** Ends it from the caller's side. A connection in the middle of it is closed; one that is done stays. */
    void abandon(String why) {
        inbox.discard();
        if (missing.getAndSet(ABANDONED) > 0) {
            line.close(why);
        }
    }

    void broke(String why) {
        inbox.fail(why);
    }
}
