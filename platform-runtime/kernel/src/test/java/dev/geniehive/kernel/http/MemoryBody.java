package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.BodyFacts;
import java.io.InputStream;

/** A body that tells when it is let go of. */
record MemoryBody(Body bytes, Runnable released) implements Body, AutoCloseable {
    @Override
    public long length() {
        return bytes.length();
    }

    @Override
    public String contentType() {
        return bytes.contentType();
    }

    @Override
    public InputStream open() {
        return bytes.open();
    }

    @Override
    public BodyFacts facts() {
        return bytes.facts();
    }

    @Override
    public Body withModel(String model) {
        return this;
    }

    @Override
    public void close() {
        released.run();
    }
}
