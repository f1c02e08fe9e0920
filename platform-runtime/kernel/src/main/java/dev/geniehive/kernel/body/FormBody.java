package dev.geniehive.kernel.body;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;
import dev.geniehive.api.model.BodyFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A form as it was sent. Its parts are windows onto the one copy of its bytes. */
final class FormBody implements RequestBody {
    private final Content content;
    private final String contentType;
    private final List<FormPiece> pieces;
    private final @Nullable FormPiece model;
    private final BodyFacts facts;
    private final AtomicBoolean closed = new AtomicBoolean();

    FormBody(Content content, String contentType, List<FormPiece> pieces, FormFacts found) {
        this.content = content;
        this.contentType = contentType;
        this.pieces = List.copyOf(pieces);
        this.model = found.modelPiece();
        this.facts = found.facts();
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
        return facts;
    }

    @Override
    public InputStream open() {
        return open(List.of());
    }

    @Override
    public List<FormPart> parts() {
        return pieces.stream().<FormPart>map(piece -> new Part(this, piece)).toList();
    }

    @Override
    public Body withModel(String name) {
        FormPiece named = model;
        if (named == null || name.equals(facts.model())) {
            return this;
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a model's name in a form must not hold control characters");
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new RenamedForm(this, pieces.indexOf(named), new Splice(named.from(), named.to(), bytes), name);
    }

    InputStream open(List<Splice> splices) {
        return new BodyStream(from(0), splices, closed::get);
    }

    private InputStream open(FormPiece piece) {
        return new BodyStream(new Slice(from(piece.from()), piece.length()), List.of(), closed::get);
    }

    private InputStream from(long position) {
        if (closed.get()) {
            throw new IllegalStateException("the request that this form came with has ended");
        }
        try {
            InputStream in = content.open();
            in.skipNBytes(position);
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException("a spooled form cannot be read", e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            content.release();
        }
    }

    /** One part of it. */
    private record Part(FormBody form, FormPiece piece) implements FormPart {
        @Override
        public String name() {
            return piece.head().name();
        }

        @Override
        public Optional<String> fileName() {
            return piece.head().fileName();
        }

        @Override
        public String contentType() {
            return piece.head().contentType();
        }

        @Override
        public long length() {
            return piece.length();
        }

        @Override
        public InputStream open() {
            return form.open(piece);
        }
    }
}
