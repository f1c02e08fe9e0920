package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.Ticker;

/**
 * What the edge is lent. All of it is used by many threads at once.
 *
 * @param gatekeeper who may come in
 * @param bodies reads request bodies
 * @param observer sees requests end
 * @param scope runs around each request
 * @param draining called once, as soon as the edge begins to stop: from then on the process is not ready
 * @param ticker measures durations
 */
public record EdgeParts(
        Gatekeeper gatekeeper,
        BodyReader bodies,
        EdgeObserver observer,
        RequestScope scope,
        Runnable draining,
        Ticker ticker) {}
