package dev.geniehive.bench.wire;

import java.nio.charset.StandardCharsets;

/** Finds a word in bytes that come one by one. The word's first character must not stand in it again. */
public final class Needle {
    private final byte[] word;
    private int matched;

    public Needle(String word) {
        this.word = word.getBytes(StandardCharsets.US_ASCII);
        for (int i = 1; i < this.word.length; i++) {
            if (this.word[i] == this.word[0]) {
                throw new IllegalArgumentException("'%s' begins with what it also holds".formatted(word));
            }
        }
    }

    /** {@return whether this byte ends the word} */
    public boolean sees(byte next) {
        if (next != word[matched]) {
            matched = next == word[0] ? 1 : 0;
        } else if (++matched == word.length) {
            matched = 0;
            return true;
        }
        return false;
    }
}
