package dev.geniehive.control.gateway;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What came of asking one service. */
sealed interface Attempt {
    /** How much of a whole answer is waited for before the client gets any of it: so far, another service may help. */
    int WHOLE_BYTES = 1024 * 1024;

    /** So much of an error's body is read. */
    int ERROR_BYTES = 64 * 1024;

    /**
     * The answer begins.
     *
     * @param reply the engine's; closing it hangs up
     * @param body what the client gets, from the first byte on
     * @param length of the body in bytes, if all of it has come
     */
    record Begun(Reply reply, InputStream body, OptionalInt length) implements Attempt {}

    /**
     * It did not work out, and another service may do better.
     *
     * @param problem what the client is told if none does
     * @param blame what it says about the service
     */
    record Next(Problem problem, Blame blame) implements Attempt {}

    /**
     * The request itself is at fault.
     *
     * @param problem what the client is told
     */
    record Final(Problem problem) implements Attempt {}

    /** What a failure says about the service, and what it costs to try another. */
    enum Blame {
        /** It was not reached: nobody listens. Another one is tried at once, at no cost. */
        UNREACHABLE(Optional.of(ServiceHealth.UNREACHABLE)),
        /** It takes no more now. */
        BUSY(Optional.empty()),
        /** It is still getting its model ready. */
        LOADING(Optional.empty()),
        /** It died, or talked nonsense, with the request in its hands: maybe because of it. */
        CRASHED(Optional.empty()),
        /** It answered, but not with an answer. */
        FAILED(Optional.empty()),
        /** It does not have the model, or the operation for it: that says nothing about what else it does. */
        LACKING(Optional.empty());

        private final Optional<ServiceHealth> health;

        Blame(Optional<ServiceHealth> health) {
            this.health = health;
        }

        /** {@return whether a service that keeps doing it should rest: what is looked at or waited for does not count} */
        boolean counts() {
            return this == BUSY || this == CRASHED || this == FAILED;
        }

        /** {@return how the service feels in the light of this, where that is certain} */
        Optional<ServiceHealth> health() {
            return health;
        }
    }

    /** {@return what a failure to get any reply means} */
    static Next of(UpstreamException failure) {
        Problem problem = EngineErrors.of(failure);
        return new Next(
                problem,
                switch (failure.failure()) {
                    case REFUSED, CONNECT_TIMED_OUT -> Blame.UNREACHABLE;
                    case BUSY -> Blame.BUSY;
                    case BROKEN, MALFORMED -> failure.sent() ? Blame.CRASHED : Blame.FAILED;
                    case FIRST_BYTE_TIMED_OUT, IDLE_TIMED_OUT, WRITE_TIMED_OUT, CANCELLED -> Blame.FAILED;
                });
    }

    /**
     * Judges a reply, as far as it can be judged before the client gets any of it.
     *
     * @param streamed whether the client wants events
     * @param service the service's id
     * @param model the name the client used
     */
    static Attempt of(Reply reply, boolean streamed, String service, String model) {
        return of(reply, Operation.CHAT, streamed, service, model);
    }

    /** Judges a reply to an operation; see {@link #of(Reply, boolean, String, String)}. */
    static Attempt of(Reply reply, Operation operation, boolean streamed, String service, String model) {
        try {
            if (reply.status() < 200 || reply.status() > 299) {
                return refused(reply, service, model);
            }
            return switch (operation) {
                case EMBEDDING, RERANK -> whole(reply, service);
                case CHAT, COMPLETION -> streamed ? stream(reply, service) : whole(reply, service);
                case TRANSCRIPTION, TRANSLATION -> streamed ? stream(reply, service) : transcript(reply, service);
            };
        } catch (UpstreamException broken) {
            return of(broken);
        } catch (IOException broken) {
            return new Next(
                    new Problem(ErrorKind.UPSTREAM_FAILED, "%s broke off: %s".formatted(service, broken)),
                    Blame.CRASHED);
        }
    }

    private static Attempt refused(Reply reply, String service, String model) throws IOException {
        byte[] body = reply.body().readNBytes(ERROR_BYTES);
        Problem problem = EngineErrors.of(reply.status(), reply.headers(), body, service, model);
        if (reply.status() == 501) {
            return new Next(problem, Blame.LACKING); // what one was not started for, another may do with the same model
        }
        return switch (problem.kind()) {
            case INVALID_REQUEST, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE -> new Final(problem);
            case TOO_MANY_REQUESTS -> new Next(problem, Blame.BUSY);
            case UNAVAILABLE -> new Next(problem, problem.code().equals("loading") ? Blame.LOADING : Blame.BUSY);
            case NOT_FOUND -> new Next(problem, Blame.LACKING);
            default -> new Next(problem, Blame.FAILED);
        };
    }

    private static Attempt stream(Reply reply, String service) {
        if (!type(reply.headers()).startsWith("text/event-stream")) {
            return notAnAnswer(reply, service, "no event stream");
        }
        EventStream events = new EventStream(reply.body(), service);
        return switch (events.first()) {
            case EventStream.First.Data data -> new Begun(reply, events, OptionalInt.empty());
            case EventStream.First.None none -> of(none.why());
        };
    }

    /** Text and subtitles are answers as well; a web page is none. */
    private static Attempt transcript(Reply reply, String service) throws IOException {
        String type = type(reply.headers());
        if (type.contains("json")) {
            return whole(reply, service);
        }
        boolean text = type.startsWith("text/") && !type.startsWith("text/html");
        int most = mostOf(reply.headers());
        return text || type.startsWith("application/x-subrip")
                ? begun(reply, reply.body().readNBytes(most), most, service)
                : notAnAnswer(reply, service, "no transcript");
    }

    private static Attempt whole(Reply reply, String service) throws IOException {
        if (!type(reply.headers()).contains("json")) {
            return notAnAnswer(reply, service, "no JSON");
        }
        int most = mostOf(reply.headers());
        byte[] start = reply.body().readNBytes(most);
        return beginsAnObject(start)
                ? begun(reply, start, most, service)
                : notAnAnswer(reply, service, "no JSON object");
    }

    private static Attempt begun(Reply reply, byte[] start, int most, String service) {
        InputStream body = new ByteArrayInputStream(start);
        return start.length < most
                ? new Begun(reply, body, OptionalInt.of(start.length))
                : new Begun(
                        reply,
                        new LongAnswer(new SequenceInputStream(body, reply.body()), service),
                        OptionalInt.empty());
    }

    /** {@return how much to read: no more than one byte past its end, where the engine says how long it is} */
    private static int mostOf(Headers headers) {
        String length = headers.first("content-length").orElse("");
        boolean small =
                !length.isEmpty() && length.length() <= 6 && length.chars().allMatch(Character::isDigit);
        return small ? Math.min(WHOLE_BYTES, Integer.parseInt(length) + 1) : WHOLE_BYTES;
    }

    private static Next notAnAnswer(Reply reply, String service, String what) {
        String type = type(reply.headers());
        return new Next(
                new Problem(
                        ErrorKind.UPSTREAM_FAILED,
                        "%s answered %d with %s (%s)."
                                .formatted(service, reply.status(), what, type.isEmpty() ? "no content type" : type)),
                Blame.FAILED);
    }

    private static boolean beginsAnObject(byte[] start) {
        for (byte b : start) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    private static String type(Headers headers) {
        return headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
    }
}
