package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the ends of server-sent events in bytes as they come, and tells what kind of event ended. Lines end in LF or
 * CRLF. No event is parsed unless it looks like an error.
 */
final class SseScan {
    /** So much of an event is looked at to tell what it is. */
    private static final int PEEK_BYTES = 48;

    /** So much of an error event is kept to read its message. */
    private static final int ERROR_BYTES = 4096;

    private final byte[] line = new byte[PEEK_BYTES];
    private byte[] data = new byte[PEEK_BYTES];
    private int lineLength;
    private int dataLength;
    private boolean inData;
    private boolean hasData;
    private boolean namedError;
    private boolean judged;
    private boolean likeError;
    private boolean sawData;
    private Kind kind = Kind.OTHER;

    /** What an event is. */
    enum Kind {
        /** Carries data. */
        DATA,
        /** {@code data: [DONE]}. */
        DONE,
        /** Says that the engine failed. */
        ERROR,
        /** A comment, or nothing that we know. */
        OTHER
    }

    /** {@return the index after the end of the next event, or -1 if it does not end in these bytes} */
    int eventEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int end = lineFeed(bytes, at, to);
            take(bytes, at, end);
            if (end == to) {
                return -1;
            }
            at = end + 1;
            boolean blank = lineLength == 0 || (lineLength == 1 && line[0] == '\r');
            endLine();
            if (blank) {
                endEvent();
                return at;
            }
        }
        return -1;
    }

    private static int lineFeed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** {@return the kind of the event that ended last} */
    Kind kind() {
        return kind;
    }

    /** {@return whether any event so far carried data that is neither an error nor the end} */
    boolean sawData() {
        return sawData;
    }

    /** {@return what the error event that ended last says, shortened} */
    String errorMessage() {
        return EngineErrors.message(Arrays.copyOf(data, dataLength));
    }

    private void take(byte[] bytes, int from, int to) {
        int at = inData ? from : takeName(bytes, from, to);
        if (inData) {
            keep(bytes, at, to);
        }
        lineLength += to - at;
    }

    /** {@return where the data begins, if this line has some; else where it was read to} */
    private int takeName(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !inData && lineLength < line.length) {
            byte b = bytes[at++];
            line[lineLength] = b;
            if (b == ':' && (fieldIs("data") || fieldIs("error"))) {
                namedError |= fieldIs("error");
                inData = true;
                hasData = true;
            }
            lineLength++;
        }
        return at;
    }

    private void keep(byte[] bytes, int from, int to) {
        int at = from + copy(bytes, from, to);
        if (at < to && data.length == PEEK_BYTES && (namedError || startsLikeError())) {
            data = Arrays.copyOf(data, ERROR_BYTES);
            copy(bytes, at, to);
        }
    }

    private int copy(byte[] bytes, int from, int to) {
        int count = Math.min(to - from, data.length - dataLength);
        System.arraycopy(bytes, from, data, dataLength, count);
        dataLength += count;
        return count;
    }

    /** Judged once an event, when as much of it is there as is looked at. */
    private boolean startsLikeError() {
        if (!judged) {
            judged = true;
            likeError = looksLikeError();
        }
        return likeError;
    }

    private boolean fieldIs(String name) {
        if (lineLength != name.length()) {
            return false;
        }
        for (int i = 0; i < lineLength; i++) {
            if (line[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void endLine() {
        if (!inData && lineLength <= line.length) {
            String text = lineLength > 6 && line[0] == 'e' ? text(line, lineLength) : "";
            namedError |= text.startsWith("event:") && text.substring(6).strip().equals("error");
        }
        inData = false;
        lineLength = 0;
    }

    private void endEvent() {
        kind = kindOfEvent();
        sawData |= kind == Kind.DATA;
        hasData = false;
        namedError = false;
        judged = false;
        if (kind != Kind.ERROR) {
            dataLength = 0;
        }
    }

    private Kind kindOfEvent() {
        if (!hasData) {
            return Kind.OTHER;
        }
        if (namedError || (looksLikeError() && isError())) {
            return Kind.ERROR;
        }
        return dataLength <= 12 && text(data, dataLength).strip().equals("[DONE]") ? Kind.DONE : Kind.DATA;
    }

    private boolean looksLikeError() {
        return (starts("{\"error\":") && !starts("{\"error\":null")) || starts("{\"object\":\"error\"");
    }

    /** {@return whether the first bytes of the data are these, spaces not counted} */
    private boolean starts(String words) {
        int matched = 0;
        for (int i = 0; i < Math.min(dataLength, PEEK_BYTES) && matched < words.length(); i++) {
            if (data[i] == words.charAt(matched)) {
                matched++;
            } else if (data[i] != ' ') {
                return false;
            }
        }
        return matched == words.length();
    }

    /** {@code {"error": null, …}} is an answer like any other. */
    private boolean isError() {
        try {
            Json event = Json.parse(Arrays.copyOf(data, dataLength));
            return !event.get("error").equals(Json.nothing())
                    || event.get("object").equals(Json.of("error"));
        } catch (JsonException tooLongToKeep) {
            return true;
        }
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
