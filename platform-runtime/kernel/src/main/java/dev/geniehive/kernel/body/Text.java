package dev.geniehive.kernel.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a string says, unescaped, in UTF-8: its first {@value #KEPT} bytes, and the fingerprint of all of it. One
 * instance serves all strings of a body. An escaped half of a surrogate
 * pair is kept as three bytes, so that it differs from everything else.
 */
final class Text {
    static final int KEPT = 512;

    /** Most strings that anybody asks for are names. */
    private static final int FIRST_KEPT = 64;

    private byte[] kept = new byte[FIRST_KEPT];
    private final Fingerprint fingerprint;
    private int length;

    Text(Fingerprint.Secret secret) {
        this.fingerprint = new Fingerprint(secret);
    }

    void begin(int seed) {
        length = 0;
        fingerprint.begin(seed);
    }

    void add(int octet) {
        if (length < kept.length) {
            kept[length] = (byte) octet;
        } else if (length < KEPT) {
            kept = Arrays.copyOf(kept, KEPT);
            kept[length] = (byte) octet;
        }
        length++;
        fingerprint.add(octet);
    }

    void addCodePoint(int point) {
        if (point < 0x80) {
            add(point);
        } else if (point < 0x800) {
            add(0xC0 | (point >> 6));
            add(tail(point));
        } else if (point < 0x10000) {
            add(0xE0 | (point >> 12));
            add(tail(point >> 6));
            add(tail(point));
        } else {
            add(0xF0 | (point >> 18));
            add(tail(point >> 12));
            add(tail(point >> 6));
            add(tail(point));
        }
    }

    private static int tail(int bits) {
        return 0x80 | (bits & 0x3F);
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    boolean isCut() {
        return length > KEPT;
    }

    /** {@return whether it is that text of ASCII characters} */
    boolean is(String ascii) {
        if (ascii.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (kept[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the text, cut if it is long; for a reader's eyes and for names} */
    @Override
    public String toString() {
        return new String(kept, 0, Math.min(length, KEPT), StandardCharsets.UTF_8);
    }
}
