package dev.geniehive.plugin.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Embeddings whose numbers were asked for in base64 and came as numbers: every array under {@code "embedding"} becomes
 * a string of little-endian floats, everything else passes as it is. Holds one embedding at a time. Used by one thread.
 */
final class Base64Embeddings extends InputStream {
    private static final int LONGEST_BYTES = 4 * 1024 * 1024;
    private static final byte[] KEY = "embedding".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] read = new byte[8192];
    private final ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private byte[] ready = {};
    private int at;

    private boolean inNumbers;
    private boolean inString;
    private boolean escaped;
    private int matched;
    private boolean isKey;
    private boolean isValue;

    Base64Embeddings(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (at == ready.length && length > 0) {
            int count = in.read(read);
            if (count < 0) {
                return -1;
            }
            for (int i = 0; i < count; i++) {
                take(read[i]);
            }
            ready = made.toByteArray();
            at = 0;
            made.reset();
        }
        int count = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, into, offset, count);
        at += count;
        return count;
    }

    private void take(byte b) throws IOException {
        if (inNumbers) {
            number(b);
        } else if (inString) {
            made.write(b);
            string(b);
        } else if (b == '[' && isValue) {
            isValue = false;
            inNumbers = true;
        } else {
            made.write(b);
            between(b);
        }
    }

    private void string(byte b) {
        if (b == '"' && !escaped) {
            inString = false;
            isKey = matched == KEY.length;
            return;
        }
        escaped = b == '\\' && !escaped;
        matched = matched >= 0 && matched < KEY.length && KEY[matched] == b ? matched + 1 : -1;
    }

    private void between(byte b) {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            return;
        }
        isValue = b == ':' && isKey;
        isKey = false;
        inString = b == '"';
        matched = 0;
    }

    private void number(byte b) throws IOException {
        if (b == ']' || b == '[' || b == '"' || b == '{') {
            inNumbers = false;
            boolean done = b == ']' && encoded();
            if (!done) {
                made.write('[');
                numbers.writeTo(made);
                made.write(b);
                between(b);
            }
            numbers.reset();
            return;
        }
        if (numbers.size() == LONGEST_BYTES) {
            throw new IOException("an embedding of more than %d bytes".formatted(LONGEST_BYTES));
        }
        numbers.write(b);
    }

    /** {@return whether these were numbers; nothing was written otherwise} */
    private boolean encoded() {
        String[] texts = numbers.toString(StandardCharsets.ISO_8859_1).split(",", -1);
        ByteBuffer floats = ByteBuffer.allocate(Float.BYTES * texts.length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            for (String text : texts) {
                floats.putFloat(Float.parseFloat(text));
            }
        } catch (NumberFormatException noNumbers) {
            return false;
        }
        made.write('"');
        made.writeBytes(Base64.getEncoder().encode(floats.array()));
        made.write('"');
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
