package dev.geniehive.kernel.body;

import dev.geniehive.api.model.BodyFacts;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Watches the scan go by and notes what routing wants to know. {@code depth} is everywhere the number of open
 * containers: 1 for the members of the body itself.
 */
final class FactFinder {
    private static final String WRONG_TYPE = "invalid_type";

    private final Cursor cursor;

    /** The member, or the element, that is being read in each open container; [0] is the body. */
    private Field[] path;

    /** The depth at which an encoded picture, sound or file began; the largest number outside of them. */
    private int mediaDepth = Integer.MAX_VALUE;

    private String model = "";
    private long modelFrom = -1;
    private long modelTo = -1;
    private boolean stream;
    private boolean usageInStream;
    private boolean tools;
    private boolean images;
    private boolean audio;
    private boolean structured;
    private long maxTokens;
    private long maxCompletionTokens;
    private long outputs;
    private long promptBytes;

    FactFinder(Cursor cursor) {
        this.cursor = cursor;
        this.path = new Field[JsonScan.FIRST_DEPTH];
        Arrays.fill(path, Field.OTHER);
    }

    /** A member's name was read; its value comes next. */
    void key(int depth, Text name) {
        at(depth, depth < 3 || path[1].isPrompt() ? Field.of(name) : Field.OTHER);
    }

    /** An element of an array comes next. */
    void item(int depth) {
        at(depth, Field.ITEM);
    }

    private void at(int depth, Field field) {
        if (depth == path.length) {
            path = Arrays.copyOf(path, 2 * path.length);
        }
        path[depth] = field;
        if (depth <= mediaDepth) {
            mediaDepth = field.isMedia() ? depth : Integer.MAX_VALUE;
        }
    }

    /** A value begins: its first byte was read. */
    void begin(int depth, Kind kind) {
        if (depth == 1) {
            member(kind);
        } else if (path[1].isPrompt()) {
            part(path[depth], kind);
        } else if (depth == 2) {
            tools |= path[2] == Field.ITEM && (path[1] == Field.TOOLS || path[1] == Field.FUNCTIONS);
            usageInStream |= path[1] == Field.STREAM_OPTIONS && path[2] == Field.INCLUDE_USAGE && kind == Kind.TRUE;
        }
    }

    private void member(Kind kind) {
        if (path[1] == Field.MODEL && kind != Kind.STRING) {
            throw wrongType("model", "a string");
        }
        if (path[1] == Field.STREAM) {
            if (kind != Kind.TRUE && kind != Kind.FALSE && kind != Kind.NULL) {
                throw wrongType("stream", "true, false or null");
            }
            stream = kind == Kind.TRUE;
        }
    }

    private RuntimeException wrongType(String param, String expected) {
        return cursor.invalid(WRONG_TYPE, cursor.column(), "\"%s\" must be %s".formatted(param, expected), param);
    }

    private void part(Field field, Kind kind) {
        images |= (field == Field.IMAGE_URL || field == Field.INPUT_IMAGE) && kind != Kind.NULL;
        audio |= field == Field.INPUT_AUDIO && kind != Kind.NULL;
    }

    /** {@return whether {@link #text} wants the string that begins now; otherwise {@link #skipped} gets its length} */
    boolean wantsText(int depth) {
        return switch (path[depth]) {
            case MODEL -> depth == 1;
            case TYPE -> path[1].isPrompt() || (depth == 2 && path[1] == Field.RESPONSE_FORMAT);
            default -> false;
        };
    }

    void text(int depth, Text text, long from, long to, long column) {
        if (depth == 1) {
            if (text.isCut()) {
                throw cursor.invalid(
                        "invalid_value", column, "\"model\" is longer than %d bytes".formatted(Text.KEPT), "model");
            }
            model = text.toString();
            modelFrom = from;
            modelTo = to;
        } else if (path[1] == Field.RESPONSE_FORMAT) {
            structured = text.is("json_object") || text.is("json_schema");
        } else {
            images |= text.is("image_url") || text.is("input_image");
            audio |= text.is("input_audio");
            skipped(depth, to - from - 2);
        }
    }

    void skipped(int depth, long bytes) {
        if (path[1].isPrompt() && mediaDepth == Integer.MAX_VALUE) {
            promptBytes += bytes;
        }
    }

    /** @param value its whole part; 0 if it is negative or has an exponent */
    void number(int depth, long value) {
        if (depth != 1) {
            return;
        }
        switch (path[1]) {
            case MAX_COMPLETION_TOKENS -> maxCompletionTokens = value;
            case MAX_TOKENS -> maxTokens = value;
            case N -> outputs = value;
            default -> {}
        }
    }

    Findings findings() {
        long limit = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        BodyFacts facts = new BodyFacts(
                model,
                stream,
                usageInStream,
                tools,
                images,
                audio,
                structured,
                limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty(),
                promptBytes,
                outputs > 0 ? OptionalInt.of((int) Math.min(outputs, Integer.MAX_VALUE)) : OptionalInt.empty());
        return new Findings(facts, modelFrom, modelTo);
    }
}
