package dev.geniehive.plugin.whisper;

import dev.geniehive.api.model.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transcript that is read as a whole, and put into the client's shape, once somebody reads it. Used by one thread. */
final class Reshaped extends InputStream {
    /** A day of speech has about a megabyte; with times for every word, some twenty. */
    static final int MOST_BYTES = 32 * 1024 * 1024;

    private final InputStream in;
    private final Shape shape;
    private @Nullable InputStream made;
    private volatile Optional<Usage> usage = Optional.empty();

    /** Puts all of an answer into another shape. */
    @FunctionalInterface
    interface Shape {
        /** {@return what the client gets, and what it cost} */
        Made of(byte[] whole);
    }

    /**
     * What a client gets.
     *
     * @param text all of it
     * @param usage what it cost, if the engine says
     */
    record Made(String text, Optional<Usage> usage) {}

    Reshaped(InputStream in, Shape shape) {
        this.in = in;
        this.shape = shape;
    }

    Optional<Usage> usage() {
        return usage;
    }

    private InputStream made() throws IOException {
        InputStream known = made;
        if (known == null) {
            byte[] whole = in.readNBytes(MOST_BYTES + 1);
            if (whole.length > MOST_BYTES) {
                throw new IOException("a transcript of more than %d bytes".formatted(MOST_BYTES));
            }
            Made result = shape.of(whole);
            usage = result.usage();
            known = new ByteArrayInputStream(Transcript.utf8(result.text()));
            made = known;
        }
        return known;
    }

    @Override
    public int read() throws IOException {
        return made().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return made().read(into, offset, length);
    }
}
