package dev.geniehive.kernel.link;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import java.nio.ByteBuffer;

/**
 * What {@link FrameType#OPEN} says.
 *
 * @param waiting how many requests of the control plane wait for a connection of this node now
 * @param service its name on the node, never an address
 * @param request without its body
 * @param length bytes of the body, at least 0
 * @param contentType of the body; empty if it is
 */
record Opening(int waiting, String service, UpstreamRequest request, long length, String contentType) {
    static Opening of(int waiting, String service, UpstreamRequest request) {
        Body body = request.body();
        return new Opening(waiting, service, request, body.length(), body.contentType());
    }

    /** @throws IllegalArgumentException if the head is too large, or cannot be said in HTTP */
    byte[] payload() {
        return new PayloadWriter()
                .number(waiting, 4)
                .text(service)
                .latin(request.method())
                .latin(request.path())
                .headers(request.headers())
                .number(length, 8)
                .latin(contentType)
                .bytes(FrameType.OPEN);
    }

    /** Says it late: how many wait is known when a connection has been found. */
    static void setWaiting(byte[] payload, int waiting) {
        ByteBuffer.wrap(payload).putInt(0, waiting);
    }

    static Opening of(Frame frame) throws MalformedFrameException {
        PayloadReader in = new PayloadReader(frame.payload());
        long waiting = in.number(4);
        String service = in.text();
        UpstreamRequest request = request(in.latin(), in.latin(), in.headers());
        long length = in.number(8);
        String contentType = in.latin();
        in.end();
        if (length < 0) {
            throw new MalformedFrameException("a body has a negative length");
        }
        return new Opening((int) Math.min(waiting, Integer.MAX_VALUE), service, request, length, contentType);
    }

    private static UpstreamRequest request(String method, String path, Headers headers) throws MalformedFrameException {
        try {
            return new UpstreamRequest(method, path, headers, Body.empty());
        } catch (IllegalArgumentException e) {
            throw new MalformedFrameException("a request's method or path is not one of HTTP");
        }
    }

    /** {@return the request with its body} */
    UpstreamRequest with(Body body) {
        return new UpstreamRequest(request.method(), request.path(), request.headers(), body);
    }
}
