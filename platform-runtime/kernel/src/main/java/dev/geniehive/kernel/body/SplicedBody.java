package dev.geniehive.kernel.body;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.BodyFacts;
import java.io.InputStream;
import java.util.List;

/** A body with other bytes in some places. It owns nothing and ends with its origin. */
final class SplicedBody implements Body {
    private final JsonBody origin;
    private final List<Splice> splices;
    private final BodyFacts facts;

    SplicedBody(JsonBody origin, List<Splice> splices, BodyFacts facts) {
        this.origin = origin;
        this.splices = splices;
        this.facts = facts;
    }

    @Override
    public long length() {
        return origin.length() + splices.stream().mapToLong(Splice::growth).sum();
    }

    @Override
    public String contentType() {
        return origin.contentType();
    }

    @Override
    public InputStream open() {
        return origin.open(splices);
    }

    @Override
    public BodyFacts facts() {
        return facts;
    }

    @Override
    public Body withModel(String model) {
        return origin.withModel(model);
    }
}
