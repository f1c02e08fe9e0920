package dev.geniehive.control.hive.performance;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * By what a service may know a request already: its session, and the beginning of its prompt as fingerprints of blocks,
 * each of which stands for all bytes up to its end. Made once a request; read by one thread at a time.
 */
public final class Trail {
    /** A request that nobody can know. */
    public static final Trail NONE = new Trail(0, new Sessions(1), () -> Blocks.NONE);

    private final long session;
    private final Sessions sessions;
    private final Reading reading;
    private @Nullable Blocks blocks;
    private boolean asked;

    /** Reads the prompt when somebody wants to know. */
    interface Reading {
        Blocks read();
    }

    Trail(long session, Sessions sessions, Reading reading) {
        this.session = session;
        this.sessions = sessions;
        this.reading = reading;
    }

    /** {@return how much of the prompt's beginning a service has read lately, 0 to 1} */
    public double match(Performance service) {
        asked = true;
        Blocks all = blocks();
        if (all.count() == 0) {
            return 0;
        }
        int known = 0;
        int unknown = all.count() + 1;
        while (unknown - known > 1) {
            int middle = (known + unknown) >>> 1;
            if (service.prints().contains(all.print(middle - 1))) {
                known = middle;
            } else {
                unknown = middle;
            }
        }
        return (double) known / all.count();
    }

    /** {@return whether the session's last request went to a service} */
    public boolean isSessionOf(Performance service) {
        asked = true;
        return session != 0 && service.equals(sessions.last(session));
    }

    /** A service gets the request: from now on it knows it. Nothing is kept where nobody asked who knows it. */
    public void leadsTo(Performance service) {
        if (!asked) {
            return;
        }
        if (session != 0) {
            sessions.put(session, service);
        }
        blocks().forEach(service.prints()::add);
    }

    private Blocks blocks() {
        Blocks read = blocks;
        if (read == null) {
            read = reading.read();
            blocks = read;
        }
        return read;
    }

    /** The fingerprints of a prompt's blocks, the first first. */
    static final class Blocks {
        static final Blocks NONE = new Blocks(new long[0], 0);

        private final long[] prints;
        private final int count;

        Blocks(long[] prints, int count) {
            this.prints = prints;
            this.count = count;
        }

        int count() {
            return count;
        }

        long print(int block) {
            return prints[block];
        }

        void forEach(LongConsumer action) {
            for (int i = 0; i < count; i++) {
                action.accept(prints[i]);
            }
        }
    }
}
