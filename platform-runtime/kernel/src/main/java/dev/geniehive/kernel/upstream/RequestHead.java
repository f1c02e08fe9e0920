package dev.geniehive.kernel.upstream;

import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Writes the heads of the requests to one target. */
final class RequestHead {
    /** Ours to say, or between us and the engine only; a request's own are left out. */
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What most requests say besides. */
    private static final int FIRST_CHARS = 128;

    private final String pathPrefix;
    private final String always;
    private final boolean hasKey;

    RequestHead(Target target) {
        this.pathPrefix = target.pathPrefix();
        this.hasKey = target.key() != null;
        this.always = " HTTP/1.1\r\nhost: " + target.endpoint().hostHeader() + "\r\naccept-encoding: identity\r\n"
                + (hasKey ? "authorization: Bearer " + target.key() + "\r\n" : "");
    }

    /**
     * {@return the bytes of the head}
     *
     * @throws IllegalArgumentException if the request cannot be said in HTTP
     */
    byte[] of(UpstreamRequest request) {
        if (request.method().equals("CONNECT")) {
            throw new IllegalArgumentException("CONNECT is not a request to an engine");
        }
        StringBuilder head = new StringBuilder(always.length() + FIRST_CHARS);
        head.append(request.method()).append(' ').append(pathPrefix).append(request.path());
        head.append(always);
        for (Headers.Entry entry : request.headers().entries()) {
            String name = entry.name().toLowerCase(Locale.ROOT);
            if (!OURS.contains(name) && !(hasKey && name.equals("authorization"))) {
                append(head, name, entry.value());
            }
        }
        appendBody(head, request);
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A length always, since some engines refuse chunks; none for methods that have no body and bring none. */
    private static void appendBody(StringBuilder head, UpstreamRequest request) {
        long length = request.body().length();
        if (length > 0 && !request.body().contentType().isEmpty()) {
            append(head, "content-type", request.body().contentType());
        }
        if (length > 0 || request.method().startsWith("P")) {
            head.append("content-length: ").append(length).append("\r\n");
        }
    }

    /** Only characters that are one byte on the wire: any other could turn into a line end there. */
    private static void append(StringBuilder head, String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
                throw new IllegalArgumentException(
                        "the value of header %s holds a character that HTTP cannot carry".formatted(name));
            }
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
