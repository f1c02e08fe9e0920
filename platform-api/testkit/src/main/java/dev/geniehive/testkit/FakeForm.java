package dev.geniehive.testkit;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;
import dev.geniehive.api.model.BodyFacts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A form, as the platform would hand it to a facade or an adapter. */
public final class FakeForm implements Body {
    private static final String BOUNDARY = "fake-form-boundary";

    private final List<Part> parts;

    /**
     * A part of it.
     *
     * @param name the name of the field
     * @param fileName the name of the file; empty for a plain value
     * @param contentType what it says it is
     * @param content as text
     */
    public record Part(String name, Optional<String> fileName, String contentType, String content) implements FormPart {
        @Override
        public long length() {
            return FakeReply.utf8(content).length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(FakeReply.utf8(content));
        }

        private String head() {
            String file = fileName.map("; filename=\"%s\""::formatted).orElse("");
            return "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n"
                    .formatted(BOUNDARY, name, file, contentType);
        }
    }

    private FakeForm(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** {@return a form without parts} */
    public static FakeForm empty() {
        return new FakeForm(List.of());
    }

    /** {@return the same form with a plain value more} */
    public FakeForm field(String name, String value) {
        return with(new Part(name, Optional.empty(), "text/plain", value));
    }

    /** {@return the same form with a file more} */
    public FakeForm file(String name, String fileName, String contentType, String content) {
        return with(new Part(name, Optional.of(fileName), contentType, content));
    }

    private FakeForm with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new FakeForm(more);
    }

    @Override
    public long length() {
        return FakeReply.utf8(toString()).length;
    }

    @Override
    public String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(FakeReply.utf8(toString()));
    }

    @Override
    public BodyFacts facts() {
        return BodyFacts.of(value("model"), value("stream").equals("true"));
    }

    @Override
    public FakeForm withModel(String model) {
        return new FakeForm(parts.stream()
                .map(part -> part.name().equals("model")
                        ? new Part("model", part.fileName(), part.contentType(), model)
                        : part)
                .toList());
    }

    @Override
    public List<FormPart> parts() {
        return List.copyOf(parts);
    }

    private String value(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(Part::content)
                .findFirst()
                .orElse("");
    }

    /** {@return its bytes as text} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.head()).append(part.content()).append("\r\n"));
        return text.append("--").append(BOUNDARY).append("--\r\n").toString();
    }
}
