package dev.geniehive.api.spi;

import dev.geniehive.api.host.ApiRequest;

/**
 * A method and a path, and who answers there.
 *
 * @param method for example {@code GET}
 * @param pattern a path such as {@code /v1/models}; {@code {name}} stands for one segment, {@code {name...}} as the
 *     last one for all that follow
 * @param handler who answers; called on a virtual thread of the request's own
 */
public record Route(String method, String pattern, Handler handler) {
    public Route {
        if (!pattern.startsWith("/") || (pattern.length() > 1 && pattern.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "a pattern starts with a slash and does not end with one, was '%s'".formatted(pattern));
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /**
         * {@return the answer}
         *
         * @throws dev.geniehive.api.model.GenieException to answer with an error in OpenAI's envelope
         * @throws InterruptedException if the client hung up
         */
        Answer handle(ApiRequest request) throws InterruptedException;
    }

    public static Route get(String pattern, Handler handler) {
        return new Route("GET", pattern, handler);
    }

    public static Route post(String pattern, Handler handler) {
        return new Route("POST", pattern, handler);
    }
}
