package dev.geniehive.kernel.link;

import dev.geniehive.api.host.Upstream;

/** What a node serves through its link. Safe for use by many threads at once. */
@FunctionalInterface
public interface LinkServices {
    /**
     * Takes a place at a service; may wait a little for one.
     *
     * @param service its name on this node
     * @return a place, which the link closes when the exchange is over
     * @throws dev.geniehive.api.model.UpstreamException {@code REFUSED} if there is no such service, {@code BUSY} if it
     *     has no place free; not sent
     * @throws InterruptedException if the exchange was hung up on meanwhile
     */
    Place take(String service) throws InterruptedException;

    /** A place at a service, for one exchange. */
    interface Place extends AutoCloseable {
        /** {@return the way to the engine} */
        Upstream upstream();

        /** Gives the place back. */
        @Override
        void close();
    }
}
