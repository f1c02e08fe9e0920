package dev.geniehive.agent.discovery;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One look at a server that many engines share: what it told the first, it tells the others without being asked again.
 *
 * <p>A question that the server leaves open is not asked a second time (there are engines of which one path is slow),
 * and after two of them the server is asked nothing more. Made for one look, and forgotten after it.
 */
final class Glance implements Upstream {
    /** A longer answer is not kept: the next who asks for it has the server asked again. */
    private static final int KEPT_BYTES = 256 * 1024;

    private static final int PATIENCE = 2;

    private final Upstream server;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Set<String> leftOpen = ConcurrentHashMap.newKeySet();

    Glance(Upstream server) {
        this.server = server;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public UpstreamReply send(UpstreamRequest request) throws InterruptedException {
        if (!isPlain(request)) {
            return ask(request);
        }
        Told known = told.get(request.path());
        return known == null ? keep(request, ask(request)) : known.reply();
    }

    private static boolean isPlain(UpstreamRequest request) {
        return request.method().equals("GET")
                && request.headers().equals(Headers.NONE)
                && request.body().length() == 0;
    }

    private UpstreamReply ask(UpstreamRequest request) throws InterruptedException {
        if (leftOpen.size() >= PATIENCE || leftOpen.contains(request.path())) {
            throw new UpstreamException(
                    Failure.FIRST_BYTE_TIMED_OUT,
                    false,
                    "%s left %s open and was not asked for %s".formatted(name(), leftOpen, request.path()));
        }
        try {
            return server.send(request);
        } catch (InterruptedException tookTooLong) { // whoever calls engines interrupts them then
            leftOpen.add(request.path());
            throw tookTooLong;
        } catch (UpstreamException failed) {
            note(request, failed);
            throw failed;
        }
    }

    private void note(UpstreamRequest request, UpstreamException failed) {
        switch (failed.failure()) {
            case FIRST_BYTE_TIMED_OUT, IDLE_TIMED_OUT, CANCELLED -> leftOpen.add(request.path());
            default -> {}
        }
    }

    private UpstreamReply keep(UpstreamRequest request, UpstreamReply reply) {
        boolean handedOn = false;
        try {
            byte[] start = reply.body().readNBytes(KEPT_BYTES + 1);
            if (start.length > KEPT_BYTES) {
                handedOn = true;
                return reply.withBody(new SequenceInputStream(new ByteArrayInputStream(start), reply.body()));
            }
            Told all = new Told(reply.status(), reply.headers(), start);
            told.put(request.path(), all);
            return all.reply();
        } catch (UpstreamException broken) {
            note(request, broken);
            throw broken;
        } catch (IOException broken) {
            throw new UpstreamException(
                    Failure.BROKEN, true, "%s broke off while answering %s".formatted(name(), request.path()), broken);
        } finally {
            if (!handedOn) {
                reply.close();
            }
        }
    }

    /** An answer that can be read any number of times. */
    private static final class Told {
        private final int status;
        private final Headers headers;
        private final byte[] body;

        Told(int status, Headers headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        UpstreamReply reply() {
            return new Again(status, headers, new ByteArrayInputStream(body));
        }
    }

    private record Again(int status, Headers headers, InputStream body) implements UpstreamReply {
        @Override
        public void close() {
            // nothing is open
        }
    }
}
