package dev.geniehive.bench.wire;

import java.io.IOException;
import java.util.Optional;

/** Reads a body by its framing: chunked or of a told length. One that only the end of the connection ends is refused. */
public final class Body {
    private static final int MAX_LINE = 256;

    private Body() {}

    /** {@return how many bytes there were} @throws IOException if it did not end as it should */
    public static long read(Head head, Inlet in, BodySink sink) throws IOException {
        Optional<String> coding = head.field("transfer-encoding");
        Optional<String> length = head.field("content-length");
        if (coding.isPresent()) {
            if (!coding.get().equalsIgnoreCase("chunked") || length.isPresent()) {
                throw new MalformedException("a framing that says '%s' and '%s'".formatted(coding.get(), length));
            }
            return chunked(in, sink);
        }
        if (length.isEmpty()) {
            throw new MalformedException("a body without a length");
        }
        long bytes = decimal(length.get());
        in.pass(bytes, sink);
        return bytes;
    }

    private static long chunked(Inlet in, BodySink sink) throws IOException {
        long bytes = 0;
        for (long size = chunkSize(in); size > 0; size = chunkSize(in)) {
            in.pass(size, sink);
            bytes += size;
            if (in.next() != '\r' || in.next() != '\n') {
                throw new MalformedException("a chunk that goes on after its end");
            }
        }
        while (lineLength(in) > 0) {
            // Trailers: nobody here wants them.
        }
        return bytes;
    }

    private static long chunkSize(Inlet in) throws IOException {
        long size = 0;
        int digits = 0;
        int next = in.next();
        for (int digit = Character.digit(next, 16); digit >= 0; digit = Character.digit(next, 16)) {
            size = size * 16 + digit;
            digits++;
            next = in.next();
        }
        if (digits == 0 || digits > 15) {
            throw new MalformedException("a chunk without a size");
        }
        for (int skipped = 0; next != '\r'; skipped++) {
            if (skipped > MAX_LINE) {
                throw new MalformedException("a chunk with a size that does not end");
            }
            next = in.next();
        }
        if (in.next() != '\n') {
            throw new MalformedException("a chunk with a size that does not end");
        }
        return size;
    }

    private static int lineLength(Inlet in) throws IOException {
        int length = 0;
        while (in.next() != '\r') {
            length++;
        }
        if (in.next() != '\n') {
            throw new MalformedException("a trailer that does not end");
        }
        return length;
    }

    private static long decimal(String text) throws MalformedException {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        throw new MalformedException("a length that is none: '%s'".formatted(text));
    }
}
