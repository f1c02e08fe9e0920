package dev.geniehive.kernel.app;

import dev.geniehive.api.host.Body;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.http.BodyReader;
import java.io.InputStream;
import java.util.OptionalLong;

/** The bodies of clients, for the edge. */
record ClientBodies(Bodies bodies) implements BodyReader {
    @Override
    public Body read(InputStream in, OptionalLong contentLength, String contentType, long maxBytes) {
        return bodies.read(in, contentLength, contentType, maxBytes);
    }

    @Override
    public Body readForm(InputStream in, OptionalLong contentLength, String contentType, long maxBytes) {
        return bodies.form(in, contentLength, contentType, maxBytes);
    }
}
