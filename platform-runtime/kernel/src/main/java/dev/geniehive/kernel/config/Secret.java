package dev.geniehive.kernel.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that is never printed. Two are compared in a time that does not tell how alike they are. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** {@return the text itself; for whoever sends or shows it on purpose} */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@return three asterisks} */
    @Override
    public String toString() {
        return Masking.MASK;
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
