package dev.geniehive.kernel.body;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body as it was sent: JSON in which something was found, or anything in which nothing was. */
final class JsonBody implements RequestBody {
    private final Content content;
    private final String contentType;
    private final Findings findings;
    private final AtomicBoolean closed = new AtomicBoolean();

    JsonBody(Content content, String contentType, Findings findings) {
        this.content = content;
        this.contentType = contentType;
        this.findings = findings;
    }

    @Override
    public long length() {
        return content.length();
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public BodyFacts facts() {
        return findings.facts();
    }

    @Override
    public InputStream open() {
        return open(List.of());
    }

    @Override
    public Body withModel(String model) {
        if (!findings.namesModel() || model.equals(facts().model())) {
            return this;
        }
        Splice splice = new Splice(
                findings.modelFrom(), findings.modelTo(), Json.of(model).utf8());
        return new SplicedBody(this, List.of(splice), findings.withModel(model));
    }

    InputStream open(List<Splice> splices) {
        if (closed.get()) {
            throw new IllegalStateException("the request that this body came with has ended");
        }
        try {
            return new BodyStream(content.open(), splices, closed::get);
        } catch (IOException e) {
            throw new UncheckedIOException("a spooled body cannot be read", e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            content.release();
        }
    }
}
