package dev.geniehive.api.model;

/** What went wrong, in the words of HTTP and of OpenAI's error envelope. */
public enum ErrorKind {
    INVALID_REQUEST(400, "invalid_request_error", "invalid_request"),
    UNAUTHORIZED(401, "authentication_error", "invalid_api_key"),
    FORBIDDEN(403, "permission_error", "permission_denied"),
    NOT_FOUND(404, "invalid_request_error", "not_found"),
    METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_allowed"),
    REQUEST_TIMED_OUT(408, "invalid_request_error", "request_timeout"),
    CONFLICT(409, "invalid_request_error", "conflict"),
    TOO_LARGE(413, "invalid_request_error", "request_too_large"),
    UNSUPPORTED_MEDIA_TYPE(415, "invalid_request_error", "unsupported_media_type"),
    TOO_MANY_REQUESTS(429, "rate_limit_error", "rate_limit_exceeded"),
    HEADERS_TOO_LARGE(431, "invalid_request_error", "headers_too_large"),
    INTERNAL(500, "server_error", "internal_error"),
    UPSTREAM_FAILED(502, "server_error", "upstream_failed"),
    UNAVAILABLE(503, "service_unavailable_error", "no_healthy_service"),
    TIMED_OUT(504, "server_error", "upstream_timeout");

    private final int status;
    private final String type;
    private final String code;

    ErrorKind(int status, String type, String code) {
        this.status = status;
        this.type = type;
        this.code = code;
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return the {@code type} of OpenAI's envelope} */
    public String type() {
        return type;
    }

    /** {@return the {@code code} of OpenAI's envelope where a problem has no narrower one} */
    public String code() {
        return code;
    }
}
