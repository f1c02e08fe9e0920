package dev.geniehive.api.spi;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a route answers. The platform writes it. */
public sealed interface Answer {
    /**
     * All of it at once.
     *
     * @param status the HTTP status
     * @param headers beyond length and type, which come from the body
     * @param body its bytes and their type
     */
    record Whole(int status, Headers headers, Body body) implements Answer {
        /** {@return the same answer with a header more} */
        public Whole with(String name, String value) {
            return new Whole(status, headers.with(name, value), body);
        }
    }

    /**
     * Whatever comes out of an exchange, as it comes. The platform awaits it, writes waiting lines, relays the reply,
     * and closes it when the client hangs up.
     *
     * @param exchange the request on its way
     * @param dialect how this client API says what the platform has to say
     */
    record Relayed(Exchange exchange, Dialect dialect) implements Answer {}

    static Whole json(Json json) {
        return json(200, json);
    }

    static Whole json(int status, Json json) {
        return new Whole(status, Headers.NONE, Body.of(json.utf8(), "application/json"));
    }

    static Whole text(int status, String contentType, String text) {
        return new Whole(status, Headers.NONE, Body.of(text.getBytes(StandardCharsets.UTF_8), contentType));
    }

    /** {@return an error in OpenAI's envelope, with {@code Retry-After} where waiting helps} */
    static Whole problem(Problem problem) {
        Whole answer = json(problem.kind().status(), problem.envelope());
        return problem.retryAfter()
                .map(Answer::wholeSeconds)
                .map(seconds -> answer.with("retry-after", seconds))
                .orElse(answer);
    }

    private static String wholeSeconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
