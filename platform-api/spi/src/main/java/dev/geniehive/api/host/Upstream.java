package dev.geniehive.api.host;

import dev.geniehive.api.model.UpstreamException;

/**
 * The way to one engine. It may be a local connection, a direct one to another machine, or a stream through a node's
 * link: whoever holds it cannot tell. Pooling, keys of the engine, timeouts and limits are the platform's.
 *
 * <p>Safe for use by many threads at once.
 */
public interface Upstream {
    /** {@return what to call the engine in messages, for example {@code workshop/llama}; never an address} */
    String name();

    /**
     * Sends a request and returns as soon as the head of the reply is there.
     *
     * @throws UpstreamException if no reply started
     * @throws InterruptedException if the caller was interrupted; the request has been cancelled then
     */
    UpstreamReply send(UpstreamRequest request) throws InterruptedException;
}
