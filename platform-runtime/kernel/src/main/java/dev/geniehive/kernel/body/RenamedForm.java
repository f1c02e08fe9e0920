package dev.geniehive.kernel.body;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;
import dev.geniehive.api.model.BodyFacts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A form with another name for the model; all else is its origin's, with which it ends.
 *
 * @param origin as it was sent
 * @param index which of its parts names the model
 * @param splice the new name and its place
 * @param model the new name
 */
record RenamedForm(FormBody origin, int index, Splice splice, String model) implements Body {
    @Override
    public long length() {
        return origin.length() + splice.growth();
    }

    @Override
    public String contentType() {
        return origin.contentType();
    }

    @Override
    public InputStream open() {
        return origin.open(List.of(splice));
    }

    @Override
    public BodyFacts facts() {
        return BodyFacts.of(model, origin.facts().stream());
    }

    @Override
    public List<FormPart> parts() {
        List<FormPart> parts = new ArrayList<>(origin.parts());
        parts.set(index, new Name(parts.get(index), splice));
        return List.copyOf(parts);
    }

    @Override
    public Body withModel(String name) {
        return origin.withModel(name);
    }

    /** The part with the new name. */
    private record Name(FormPart old, Splice splice) implements FormPart {
        @Override
        public String name() {
            return old.name();
        }

        @Override
        public Optional<String> fileName() {
            return old.fileName();
        }

        @Override
        public String contentType() {
            return old.contentType();
        }

        @Override
        public long length() {
            return splice.with().length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(splice.with());
        }
    }
}
