package dev.geniehive.agent.discovery;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Servers on usual ports that nobody knew: most often somebody's web application, which is not to be asked a dozen
 * things every few seconds for ever. Each time that nobody knows one it is left alone for twice as many looks, eleven at
 * most; once it was seen to be gone, whoever comes next is looked at at once.
 */
final class Strangers {
    private static final int LONGEST = 11;

    private final Map<URI, Rest> rests = new ConcurrentHashMap<>();

    /**
     * How long one is left alone.
     *
     * @param looks how many looks at once
     * @param left how many of them are still to come
     */
    private record Rest(int looks, int left) {}

    /** {@return whether a server is left alone this time} Called once a look. */
    boolean isLeftAlone(URI base) {
        Rest rest = rests.get(base);
        if (rest == null || rest.left() == 0) {
            return false;
        }
        rests.put(base, new Rest(rest.looks(), rest.left() - 1));
        return true;
    }

    /** Somebody answered whom nobody knew. */
    void nobodyKnew(URI base) {
        rests.merge(base, new Rest(1, 1), (before, first) -> {
            int looks = Math.min(LONGEST, 2 * before.looks() + 1);
            return new Rest(looks, looks);
        });
    }

    /** Nobody is there any more, or somebody who is known. */
    void forget(URI base) {
        rests.remove(base);
    }
}
