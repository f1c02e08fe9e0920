package dev.geniehive.control.gateway;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.UpstreamException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what engines say when they refuse, each in a shape of its own, and puts it into our words. */
final class EngineErrors {
    private static final int MESSAGE_CHARS = 500;
    private static final Pattern VALIDATION = Pattern.compile("[0-9]+ validation errors?:");

    private EngineErrors() {}

    /** {@return the sentence in an engine's error body, shortened; or a word about it if there is none} */
    static String message(byte[] body) {
        String text = sentence(body).strip();
        if (text.isEmpty()) {
            return "(nothing readable)";
        }
        return text.length() <= MESSAGE_CHARS ? text : text.substring(0, MESSAGE_CHARS) + "…";
    }

    private static String sentence(byte[] body) {
        try {
            Json json = Json.parse(body);
            return Stream.of(
                            json.get("error").get("message"),
                            json.get("error"),
                            json.get("message"),
                            json.get("detail"),
                            json.get("detail").items().stream()
                                    .map(first -> first.get("msg"))
                                    .findFirst()
                                    .orElse(Json.nothing()))
                    .flatMap(value -> value.asString().stream())
                    .findFirst()
                    .orElse("");
        } catch (JsonException noJson) {
            return "";
        }
    }

    /**
     * {@return what an error status of an engine means for the client}
     *
     * @param service the service's id
     * @param model the name the client used
     */
    static Problem of(int status, Headers headers, byte[] body, String service, String model) {
        String said = message(body);
        return switch (status) {
            case 401, 403 ->
                new Problem(
                        ErrorKind.UPSTREAM_FAILED,
                        "%s refused the key that GenieHive has for it (%d). Check the service's api-key."
                                .formatted(service, status));
            case 404 ->
                new Problem(
                                ErrorKind.NOT_FOUND,
                                "model_not_found",
                                "%s no longer has '%s': %s".formatted(service, model, said))
                        .about("model");
            case 408, 504 -> new Problem(ErrorKind.TIMED_OUT, "%s timed out (%d): %s".formatted(service, status, said));
            case 429 -> busy(ErrorKind.TOO_MANY_REQUESTS, "rate_limit_exceeded", headers, service, said);
            case 503 -> {
                boolean loading = said.toLowerCase(Locale.ROOT).contains("loading");
                yield busy(
                        ErrorKind.UNAVAILABLE,
                        loading ? "loading" : ErrorKind.UNAVAILABLE.code(),
                        headers,
                        service,
                        said);
            }
            case 413 -> new Problem(ErrorKind.TOO_LARGE, "%s says: %s".formatted(service, said));
            case 415 -> new Problem(ErrorKind.UNSUPPORTED_MEDIA_TYPE, "%s says: %s".formatted(service, said));
            case 501 ->
                new Problem(
                                ErrorKind.INVALID_REQUEST,
                                "unsupported_operation",
                                "%s cannot do that (501): %s".formatted(service, said))
                        .about("model");
            default ->
                (status >= 400 && status < 500) || isValidation(status, said)
                        ? invalid(body, service, said)
                        : new Problem(ErrorKind.UPSTREAM_FAILED, "%s answered %d: %s".formatted(service, status, said));
        };
    }

    /** {@return whether that is a request that FastAPI refused, which some engines wrap into a failure of their own} */
    private static boolean isValidation(int status, String said) {
        return status == 500 && VALIDATION.matcher(said).lookingAt();
    }

    private static Problem busy(ErrorKind kind, String code, Headers headers, String service, String said) {
        Problem problem = new Problem(kind, code, "%s is busy: %s".formatted(service, said));
        return retryAfter(headers).map(problem::retryAfter).orElse(problem);
    }

    /** {@return when the engine wants to be asked again, if it says so and within reason} */
    private static Optional<Duration> retryAfter(Headers headers) {
        String value = headers.first("retry-after").orElse("").strip();
        Optional<Duration> said = value.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : until(value, headers);
        return said.map(Forecast::bounded);
    }

    /** It may be a date as well, which counts by the engine's own clock. */
    private static Optional<Duration> until(String date, Headers headers) {
        try {
            return Optional.of(Duration.between(instant(headers.first("date").orElse("")), instant(date)));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static Instant instant(String date) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    }

    private static Problem invalid(byte[] body, String service, String said) {
        String text = said.toLowerCase(Locale.ROOT) + new String(body, StandardCharsets.UTF_8);
        boolean tooLong = text.contains("exceed_context_size")
                || text.contains("context_length_exceeded")
                || text.contains("maximum context length");
        Problem problem = new Problem(
                ErrorKind.INVALID_REQUEST,
                tooLong ? "context_length_exceeded" : "invalid_request",
                "%s says: %s".formatted(service, said));
        return tooLong ? problem.about("messages") : problem;
    }

    /** {@return what a failure to talk to an engine means for the client} */
    static Problem of(UpstreamException failure) {
        return switch (failure.failure()) {
            case FIRST_BYTE_TIMED_OUT, IDLE_TIMED_OUT -> new Problem(ErrorKind.TIMED_OUT, failure.getMessage());
            case BUSY -> new Problem(ErrorKind.TOO_MANY_REQUESTS, failure.getMessage());
            case REFUSED, CONNECT_TIMED_OUT, WRITE_TIMED_OUT, BROKEN, MALFORMED, CANCELLED ->
                new Problem(ErrorKind.UPSTREAM_FAILED, failure.getMessage());
        };
    }
}
