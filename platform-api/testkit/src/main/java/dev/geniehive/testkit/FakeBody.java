package dev.geniehive.testkit;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request body that names a model, as the platform would hand it to an adapter. */
public final class FakeBody implements Body {
    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\")");

    private final String text;

    private FakeBody(String text) {
        this.text = text;
    }

    /** {@return a body of this JSON text; the first member called {@code model} is the model} */
    public static FakeBody json(String text) {
        Json.parse(text);
        return new FakeBody(text);
    }

    @Override
    public long length() {
        return bytes().length;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes());
    }

    @Override
    public BodyFacts facts() {
        Json body = Json.parse(text);
        return new BodyFacts(
                body.get("model").asString().orElse(""),
                body.get("stream").asBoolean().orElse(false),
                body.get("stream_options").get("include_usage").asBoolean().orElse(false),
                !body.get("tools").items().isEmpty(),
                false,
                false,
                false,
                body.get("max_tokens").asLong(),
                text.length(),
                OptionalInt.empty());
    }

    @Override
    public FakeBody withModel(String model) {
        Matcher found = MODEL.matcher(text);
        return found.find()
                ? new FakeBody(text.substring(0, found.start(1)) + Json.of(model) + text.substring(found.end(1)))
                : this;
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text;
    }
}
