package dev.geniehive.kernel.http;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding, once and strictly. */
final class PercentCoding {
    private PercentCoding() {}

    /**
     * {@return a part of a URI, decoded}
     *
     * @param plusIsSpace as in queries
     * @throws GenieException if an escape is not one, or the bytes are not UTF-8
     */
    static String decode(String text, boolean plusIsSpace) {
        if (plain(text)) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) escaped(text, i);
                i += 2;
            } else if (c > 127) {
                throw invalid();
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(bytes, length);
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' || c > 127) {
                return false;
            }
        }
        return true;
    }

    private static int escaped(String text, int at) {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw invalid();
        }
        return high * 16 + low;
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid();
        }
    }

    private static GenieException invalid() {
        return new GenieException(
                ErrorKind.INVALID_REQUEST,
                "invalid_path",
                "The address holds a percent escape that is not one, or bytes that are not UTF-8.");
    }
}
