package dev.geniehive.kernel.body;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the parts of a form while it arrives: RFC 7578 to the letter, without preamble, line breaks of other kinds,
 * or anything after its end. What the fields of a request's facts say is put down; everything else is passed over.
 */
final class FormScan {
    static final int MOST_PARTS = 64;
    static final int HEAD_BYTES = 8 * 1024;
    static final int FIELD_BYTES = 1024 * 1024;

    private final Intake intake;
    private final byte[] delimiter;
    private final FormFacts facts;
    private byte[] window = new byte[0];
    private int at;
    private int to;

    /** @param delimiter what stands before every part but the first, which has no line break before it */
    FormScan(Intake intake, byte[] delimiter, FormFacts facts) {
        this.intake = intake;
        this.delimiter = delimiter;
        this.facts = facts;
    }

    /** {@return all parts; at least one} */
    List<FormPiece> scan() {
        for (int i = 2; i < delimiter.length; i++) {
            if (next() != delimiter[i]) {
                throw malformed("It does not begin with the boundary that its content type names.");
            }
        }
        List<FormPiece> parts = new ArrayList<>();
        while (!isLast()) {
            if (parts.size() == MOST_PARTS) {
                throw malformed("It has more than %d parts.".formatted(MOST_PARTS));
            }
            parts.add(part());
        }
        if (parts.isEmpty()) {
            throw malformed("It has no parts.");
        }
        end();
        return parts;
    }

    /** After a boundary: {@return whether it was the last one} */
    private boolean isLast() {
        byte first = next();
        byte second = next();
        if (first == '-' && second == '-') {
            return true;
        }
        if (first == '\r' && second == '\n') {
            return false;
        }
        throw malformed("A line begins with the boundary and goes on.");
    }

    private FormPiece part() {
        FormPiece.Head head = FormHead.of(headLines());
        long from = position();
        ByteArrayOutputStream kept = facts.wants(head) ? new ByteArrayOutputStream() : null;
        int matched = 0;
        while (matched < delimiter.length) {
            if (matched == 0 && kept == null) {
                skipPlain();
            }
            if (at == to) {
                fill();
                checkSize(head, position() - from);
            }
            byte b = window[at++];
            if (kept != null) {
                kept.write(b);
                checkFact(head, kept.size());
            }
            matched = b == delimiter[matched] ? matched + 1 : b == '\r' ? 1 : 0;
        }
        FormPiece piece = new FormPiece(head, from, position() - delimiter.length);
        checkSize(head, piece.length());
        if (kept != null) {
            facts.take(piece, utf8(kept.toByteArray(), kept.size() - delimiter.length));
        }
        return piece;
    }

    /** Only the first byte of a delimiter is a carriage return. */
    private void skipPlain() {
        byte[] bytes = window;
        int i = at;
        while (i < to && bytes[i] != '\r') {
            i++;
        }
        at = i;
    }

    private void checkSize(FormPiece.Head head, long length) {
        if (head.fileName().isEmpty() && length > FIELD_BYTES + delimiter.length) {
            throw new GenieException(
                    ErrorKind.TOO_LARGE, "A plain field of the form has more than %d bytes.".formatted(FIELD_BYTES));
        }
    }

    private void checkFact(FormPiece.Head head, int length) {
        if (length > FormFacts.LONGEST + delimiter.length) {
            throw malformed("The field '%s' has more than %d bytes.".formatted(head.name(), FormFacts.LONGEST));
        }
    }

    private List<String> headLines() {
        List<String> lines = new ArrayList<>();
        int bytes = 0;
        for (String line = line(HEAD_BYTES); !line.isEmpty(); line = line(HEAD_BYTES - bytes)) {
            lines.add(line);
            bytes += line.length() + 2;
        }
        return lines;
    }

    private String line(int most) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b = next(); b != '\r'; b = next()) {
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                throw malformed("The head of a part holds control characters, or lines that do not end in CR LF.");
            }
            if (line.size() >= most) {
                throw malformed("The head of a part has more than %d bytes.".formatted(HEAD_BYTES));
            }
            line.write(b);
        }
        if (next() != '\n') {
            throw malformed("The head of a part has lines that do not end in CR LF.");
        }
        return utf8(line.toByteArray(), line.size());
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("It holds names or values that are not UTF-8.");
        }
    }

    /** After the last boundary: one line break at most. */
    private void end() {
        if (at == to && !more()) {
            return;
        }
        if (next() != '\r' || next() != '\n' || at < to || more()) {
            throw malformed("Something follows its last boundary.");
        }
    }

    private byte next() {
        if (at == to) {
            fill();
        }
        return window[at++];
    }

    private void fill() {
        if (!more()) {
            throw malformed("It ends before its last boundary.");
        }
    }

    private boolean more() {
        if (!intake.read()) {
            return false;
        }
        window = intake.window();
        at = intake.from();
        to = intake.to();
        return true;
    }

    private long position() {
        return intake.offset() + at;
    }

    static GenieException malformed(String what) {
        return new GenieException(
                ErrorKind.INVALID_REQUEST, "malformed_form", "The form cannot be read. %s".formatted(what));
    }
}
