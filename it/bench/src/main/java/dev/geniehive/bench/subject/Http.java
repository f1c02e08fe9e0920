package dev.geniehive.bench.subject;

import dev.geniehive.bench.wire.Answer;
import dev.geniehive.bench.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Single requests beside the measurements. */
public final class Http {
    private static final int BUFFER_BYTES = 8192;

    private Http() {}

    /**
     * What was answered.
     *
     * @param text the body
     */
    public record Said(int status, String text) {
        /** {@return the text} @throws IOException if it is not what was asked for */
        public String orFail(String asked) throws IOException {
            if (status / 100 != 2) {
                throw new IOException("%s was answered %d: %s".formatted(asked, status, text));
            }
            return text;
        }
    }

    public static Said get(Target target, String path) throws IOException {
        return ask(target, target.get(path));
    }

    public static Said post(Target target, String path, String json) throws IOException {
        return ask(target, target.post(path, json));
    }

    private static Said ask(Target target, byte[] request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (Wire wire = target.connect(BUFFER_BYTES)) {
            Answer answer = wire.exchange(request, (buffer, offset, length, at) -> body.write(buffer, offset, length));
            return new Said(answer.status(), body.toString(StandardCharsets.UTF_8));
        }
    }
}
