package dev.geniehive.api.model;

import java.time.Duration;
import java.util.Optional;

/**
 * An error as a client gets to see it.
 *
 * @param kind what went wrong; carries the HTTP status
 * @param code a stable word for programs, for example {@code model_not_found}
 * @param message what was asked, what was found and the next step; never a secret, a prompt or a body
 * @param param the request field that it is about, if it is about one
 * @param retryAfter when a retry may succeed, if waiting helps
 */
public record Problem(
        ErrorKind kind, String code, String message, Optional<String> param, Optional<Duration> retryAfter) {
    public Problem(ErrorKind kind, String code, String message) {
        this(kind, code, message, Optional.empty(), Optional.empty());
    }

    public Problem(ErrorKind kind, String message) {
        this(kind, kind.code(), message);
    }

    /** {@return the same problem, about a field of the request} */
    public Problem about(String field) {
        return new Problem(kind, code, message, Optional.of(field), retryAfter);
    }

    /** {@return the same problem with the time after which a retry may succeed} */
    public Problem retryAfter(Duration wait) {
        return new Problem(kind, code, message, param, Optional.of(wait));
    }

    /** {@return OpenAI's envelope, {@code {"error": {"message", "type", "param", "code"}}}} */
    public Json.Obj envelope() {
        return Json.object().put("error", error());
    }

    /** {@return the envelope for a stream that has already begun: with the status, which no header can carry now} */
    public Json.Obj streamEnvelope() {
        return Json.object().put("error", error().put("status", kind.status()));
    }

    private Json.Obj error() {
        return Json.object()
                .put("message", message)
                .put("type", kind.type())
                .put("param", param.<Json>map(Json::of).orElse(Json.nothing()))
                .put("code", code);
    }
}
