package dev.geniehive.kernel.link;

import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.upstream.Timeouts;

/**
 * Finds the words for what went wrong with one request: those of a direct connection to the engine.
 *
 * @param name of the service
 * @param asked method and path; no query, which may hold anything
 */
record LinkFailures(String name, String asked, Timeouts timeouts) {
    static LinkFailures of(String name, UpstreamRequest request, Timeouts timeouts) {
        int query = request.path().indexOf('?');
        String path = query < 0 ? request.path() : request.path().substring(0, query);
        return new LinkFailures(name, request.method() + " " + path, timeouts);
    }

    UpstreamException noConnection() {
        return told(
                Failure.REFUSED, false, "cannot be reached for %s: its node has no connection here".formatted(asked));
    }

    UpstreamException allBusy(int connections) {
        return told(
                Failure.BUSY,
                false,
                "did not get to %s: all %d connections of its node stayed in use for %s"
                        .formatted(asked, connections, LinkWords.time(timeouts.connect())));
    }

    UpstreamException stopping() {
        return told(Failure.CANCELLED, false, "was not asked for %s: this process is stopping".formatted(asked));
    }

    UpstreamException writeTimedOut() {
        return told(
                Failure.WRITE_TIMED_OUT,
                true,
                "took no more bytes of %s for %s".formatted(asked, LinkWords.time(timeouts.write())));
    }

    UpstreamException firstByte() {
        return told(
                Failure.FIRST_BYTE_TIMED_OUT,
                true,
                "did not start to answer %s within %s".formatted(asked, LinkWords.time(timeouts.firstByte())));
    }

    UpstreamException idle() {
        return told(
                Failure.IDLE_TIMED_OUT,
                true,
                "paused for %s in the middle of its reply to %s".formatted(LinkWords.time(timeouts.idle()), asked));
    }

    UpstreamException brokeBefore(boolean sent, String why) {
        return told(Failure.BROKEN, sent, "broke off before it answered %s: %s".formatted(asked, why));
    }

    UpstreamException brokeDuring(String why) {
        return told(Failure.BROKEN, true, "broke off in the middle of its reply to %s: %s".formatted(asked, why));
    }

    UpstreamException malformed(MalformedFrameException e) {
        return told(Failure.MALFORMED, true, "sent a reply to %s that cannot be read: %s".formatted(asked, e.why()));
    }

    UpstreamException cancelled() {
        return told(Failure.CANCELLED, true, "was hung up on while it answered %s".formatted(asked));
    }

    private UpstreamException told(Failure failure, boolean sent, String found) {
        return new UpstreamException(failure, sent, name + " " + found + ".");
    }
}
