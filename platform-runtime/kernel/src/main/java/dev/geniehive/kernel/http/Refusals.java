package dev.geniehive.kernel.http;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Helidon answers by itself, before there is a request to route: in our envelope, and then the connection ends. */
final class Refusals implements DirectHandler {
    private final EdgeObserver observer;

    Refusals(EdgeObserver observer) {
        this.observer = observer;
    }

    /**
     * A refusal that has no {@link ErrorKind} of its own status.
     *
     * @param status what is sent
     * @param problem what is said
     */
    private record Refusal(int status, Problem problem) {
        Refusal(ErrorKind kind, String message) {
            this(kind.status(), new Problem(kind, message));
        }

        Refusal(int status, String code, String message) {
            this(status, new Problem(ErrorKind.INVALID_REQUEST, code, message));
        }
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        if (Wire.CURRENT.isBound()) {
            Wire.CURRENT.get().lingerAfterThis();
        }
        Refusal refusal = refusal(status.code(), message);
        byte[] body = refusal.problem().envelope().utf8();
        observer.finished(EdgeObserver.NO_ROUTE, refusal.status(), 0, body.length);
        String id =
                request.headers().value(HeaderNames.create(RequestIds.HEADER)).orElse("");
        return TransportResponse.builder()
                .status(Status.create(refusal.status()))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.create(RequestIds.HEADER), RequestIds.orNew(id))
                .keepAlive(false)
                .entity(body)
                .build();
    }

    private static Refusal refusal(int status, @Nullable String message) {
        String said = message == null ? "" : message;
        return switch (status) {
            case 400 -> badRequest(said);
            case 413 -> new Refusal(ErrorKind.TOO_LARGE, "The body is larger than this server takes.");
            case 414 -> new Refusal(414, "uri_too_long", "The request line is longer than this server takes.");
            case 501 -> new Refusal(501, "unsupported_transfer_encoding", "Send the body as it is, or chunked.");
            case 503 -> new Refusal(ErrorKind.UNAVAILABLE, "Too many requests run at once. Try again later.");
            case 505 ->
                new Refusal(505, "http_version_not_supported", "Speak HTTP/1.1 (in nginx: proxy_http_version 1.1).");
            default -> new Refusal(ErrorKind.INTERNAL, "The request could not be handled.");
        };
    }

    private static Refusal badRequest(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("header size exceeded")) {
            return new Refusal(ErrorKind.HEADERS_TOO_LARGE, "The request's head is larger than this server takes.");
        }
        if (lower.contains("content-encoding")) {
            return new Refusal(ErrorKind.UNSUPPORTED_MEDIA_TYPE, "Compressed bodies are not taken. Send it as it is.");
        }
        return new Refusal(ErrorKind.INVALID_REQUEST, "This is not a well-formed HTTP/1.1 request.");
    }
}
