package dev.geniehive.kernel.body;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A body into which something was filled. */
final class FilledBody implements Body {
    private final Body origin;
    private final Filling filling;
    private final List<Splice> splices;

    private FilledBody(Body origin, Filling filling, List<Splice> splices) {
        this.origin = origin;
        this.filling = filling;
        this.splices = splices;
    }

    static Body of(Body origin, Filling filling) {
        try (InputStream in = origin.open()) {
            List<Splice> splices = splices(Outline.of(in), filling);
            return splices.isEmpty() ? origin : new FilledBody(origin, filling, splices);
        } catch (IOException e) {
            throw new UncheckedIOException("a body cannot be read again", e);
        }
    }

    private static List<Splice> splices(Outline outline, Filling filling) {
        List<Splice> splices = new ArrayList<>();
        List<String> members = new ArrayList<>();
        filling.members().members().forEach((name, value) -> {
            if (!outline.says(name)) {
                members.add(Json.of(name) + ":" + value);
            }
        });
        if (!members.isEmpty()) {
            String text = String.join(",", members);
            splices.add(insert(outline.membersAt(), outline.isEmpty() ? text : text + ","));
        }
        if (!filling.systemPrompt().isEmpty() && outline.takesSystemPrompt()) {
            Json.Obj message = Json.object().put("role", "system").put("content", filling.systemPrompt());
            splices.add(insert(outline.messagesAt(), message + (outline.hasMessages() ? "," : "")));
        }
        return splices;
    }

    private static Splice insert(long at, String text) {
        return new Splice(at, at, text.getBytes(StandardCharsets.UTF_8));
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
        return new BodyStream(origin.open(), splices, () -> false);
    }

    /** {@return what the client's own bytes say} */
    @Override
    public BodyFacts facts() {
        return origin.facts();
    }

    @Override
    public Body withModel(String model) {
        return model.equals(origin.facts().model()) ? this : of(origin.withModel(model), filling);
    }
}
