package dev.geniehive.testkit;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a {@link FakeUpstream} answers on a path.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param content what the body is made of
 */
public record FakeReply(int status, Headers headers, Content content) {
    /** What a body is made of. */
    public sealed interface Content {
        /**
         * All there is.
         *
         * @param text the body
         */
        record Whole(String text) implements Content {}

        /**
         * What the test feeds.
         *
         * @param feed through which
         */
        record Fed(FakeStream feed) implements Content {}

        /** Spaces without an end. */
        record Endless() implements Content {}

        /**
         * No reply at all.
         *
         * @param failure why; if empty, the request waits until it is interrupted
         */
        record Silence(Optional<Failure> failure) implements Content {}
    }

    /** {@return a reply with a JSON body and status 200} */
    public static FakeReply json(String json) {
        return json(200, json);
    }

    /** {@return a reply with a JSON body} */
    public static FakeReply json(int status, String json) {
        return text(status, "application/json", json);
    }

    /** {@return a reply with a body of any kind} */
    public static FakeReply text(int status, String contentType, String text) {
        return new FakeReply(status, Headers.of("content-type", contentType), new Content.Whole(text));
    }

    /** {@return a reply with status 200 whose body is what the test feeds, when it feeds it} */
    public static FakeReply streaming(String contentType, FakeStream feed) {
        return new FakeReply(200, Headers.of("content-type", contentType), new Content.Fed(feed));
    }

    /** {@return a reply with status 200 whose body never ends} */
    public static FakeReply endless() {
        return new FakeReply(200, Headers.of("content-type", "application/json"), new Content.Endless());
    }

    /** {@return no reply, but a failure} */
    public static FakeReply failing(Failure failure) {
        return new FakeReply(0, Headers.NONE, new Content.Silence(Optional.of(failure)));
    }

    /** {@return no reply for as long as anybody waits} */
    public static FakeReply hanging() {
        return new FakeReply(0, Headers.NONE, new Content.Silence(Optional.empty()));
    }

    /** {@return the same reply with a header more} */
    public FakeReply with(String name, String value) {
        return new FakeReply(status, headers.with(name, value), content);
    }

    /** {@return the bytes of a text in UTF-8} */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
