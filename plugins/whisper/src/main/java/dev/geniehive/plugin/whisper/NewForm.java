package dev.geniehive.plugin.whisper;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;
import dev.geniehive.api.model.BodyFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** A form put together of parts of another one and of values of ours. Parts are read where they lie, never copied. */
final class NewForm implements Body {
    private final String boundary = "geniehive-" + UUID.randomUUID();
    private final List<Segment> segments = new ArrayList<>();

    /** A stretch of the form's bytes. */
    private sealed interface Segment {
        long length();

        InputStream open();

        /** Bytes of ours. */
        @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied by nobody
        record Ours(byte[] bytes) implements Segment {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        }

        /** The content of a part. */
        record Theirs(FormPart part) implements Segment {
            @Override
            public long length() {
                return part.length();
            }

            @Override
            public InputStream open() {
                return part.open();
            }
        }
    }

    /** Adds a part of another form. */
    NewForm part(FormPart part) {
        String file = part.fileName()
                .map(name -> "; filename=\"%s\"".formatted(name.replace("\"", "%22")))
                .orElse("");
        ours("--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n"
                .formatted(boundary, part.name(), file, part.contentType()));
        segments.add(new Segment.Theirs(part));
        return ours("\r\n");
    }

    /** Adds a plain value. */
    NewForm field(String name, String value) {
        return ours(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value));
    }

    /** Nothing is added any more. */
    Body end() {
        return ours("--%s--\r\n".formatted(boundary));
    }

    private NewForm ours(String text) {
        segments.add(new Segment.Ours(Transcript.utf8(text)));
        return this;
    }

    @Override
    public long length() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    @Override
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    @Override
    public InputStream open() {
        return new Joined(List.copyOf(segments));
    }

    @Override
    public BodyFacts facts() {
        return BodyFacts.NONE;
    }

    @Override
    public Body withModel(String model) {
        return this;
    }

    /** One segment after the other, each opened when its turn comes. */
    private static final class Joined extends InputStream {
        private final List<Segment> left;
        private InputStream now = InputStream.nullInputStream();

        Joined(List<Segment> segments) {
            this.left = new ArrayList<>(segments);
            Collections.reverse(left);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (true) {
                int count = now.read(into, offset, length);
                if (count >= 0 || left.isEmpty()) {
                    return count;
                }
                now.close();
                now = left.removeLast().open();
            }
        }

        @Override
        public void close() throws IOException {
            left.clear();
            now.close();
        }
    }
}
