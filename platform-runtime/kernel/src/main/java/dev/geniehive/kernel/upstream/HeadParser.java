package dev.geniehive.kernel.upstream;

import dev.geniehive.api.model.Headers;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Reads the head of one reply as it arrives, and decides where its body ends. */
final class HeadParser {
    private static final long NOT_GIVEN = -1;

    private final String method;
    private final Lines lines = new Lines();
    private final Fields fields = new Fields(lines);
    private boolean http11;
    private int status;

    private long contentLength = NOT_GIVEN;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private long keepNanos = Long.MAX_VALUE;

    /** @param method of the request */
    HeadParser(String method) {
        this.method = method;
    }

    /** Reads on. @return whether the head is complete */
    boolean advance(Inbound in) throws MalformedReplyException {
        if (status == 0) {
            if (!lines.next(in, Fields.MAX_LINE_BYTES)) {
                return false;
            }
            status = status();
        }
        return fields.advance(in);
    }

    private int status() throws MalformedReplyException {
        http11 = lines.at(7) == '1';
        if (lines.length() < 12
                || !lines.text(0, 7).equals("HTTP/1.")
                || (!http11 && lines.at(7) != '0')
                || lines.at(8) != ' '
                || (lines.length() > 12 && lines.at(12) != ' ')) {
            throw new MalformedReplyException("it does not start with a status line of HTTP/1.1 or 1.0");
        }
        int code = 0;
        for (int i = 9; i < 12; i++) {
            int digit = lines.at(i) - '0';
            code = digit < 0 || digit > 9 ? -1000 : code * 10 + digit;
        }
        if (code < 100 || code > 599 || code == 101) {
            throw new MalformedReplyException("its status is not from 100 to 599, or it switches protocols");
        }
        return code;
    }

    /** {@return whether this was an interim reply, and the real one follows} */
    boolean interim() {
        return status < 200;
    }

    /** {@return the head, when it is complete} */
    ReplyHead head() throws MalformedReplyException {
        for (Headers.Entry entry : fields.entries()) {
            notice(entry);
        }
        if (chunked && (contentLength != NOT_GIVEN || !http11)) {
            throw new MalformedReplyException(
                    http11 ? "it has both a content-length and a transfer-encoding" : "it is in chunks in HTTP/1.0");
        }
        Framing framing = framing();
        boolean reusable = !(framing instanceof OpenFraming) && !close && (http11 || keepAlive);
        return new ReplyHead(status, new Headers(fields.entries()), framing, reusable ? keepNanos : 0);
    }

    private Framing framing() {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new SizedFraming(0);
        }
        if (chunked) {
            return new ChunkedFraming();
        }
        return contentLength == NOT_GIVEN ? new OpenFraming() : new SizedFraming(contentLength);
    }

    private void notice(Headers.Entry entry) throws MalformedReplyException {
        switch (entry.name().length()) {
            case 10 -> {
                if (entry.name().equalsIgnoreCase("connection")) {
                    connection(entry.value());
                } else if (entry.name().equalsIgnoreCase("keep-alive")) {
                    keepAlive(entry.value());
                }
            }
            case 14 -> {
                if (entry.name().equalsIgnoreCase("content-length")) {
                    contentLength(entry.value());
                }
            }
            case 17 -> {
                if (entry.name().equalsIgnoreCase("transfer-encoding")) {
                    transferEncoding(entry.value());
                }
            }
            default -> {}
        }
    }

    private void connection(String value) {
        for (String option : value.split(",", -1)) {
            close |= option.strip().equalsIgnoreCase("close");
            keepAlive |= option.strip().equalsIgnoreCase("keep-alive");
        }
    }

    /** Half a second less than the engine says, so that we are the first to close. */
    private void keepAlive(String value) {
        for (String option : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            String seconds = option.strip();
            if (seconds.startsWith("timeout=") && seconds.substring(8).matches("[0-9]{1,6}")) {
                keepNanos = Math.max(0, TimeUnit.SECONDS.toNanos(Long.parseLong(seconds.substring(8))) - 500_000_000L);
            }
        }
    }

    private void contentLength(String value) throws MalformedReplyException {
        boolean digits = !value.isEmpty() && value.length() <= 18;
        for (int i = 0; digits && i < value.length(); i++) {
            digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (!digits) {
            throw new MalformedReplyException("its content-length is not a number of 1 to 18 digits");
        }
        long length = Long.parseLong(value);
        if (contentLength != NOT_GIVEN && contentLength != length) {
            throw new MalformedReplyException("it has two different content-lengths");
        }
        contentLength = length;
    }

    private void transferEncoding(String value) throws MalformedReplyException {
        if (chunked || !value.equalsIgnoreCase("chunked")) {
            throw new MalformedReplyException("its transfer-encoding is not just chunked");
        }
        chunked = true;
    }
}
