package dev.geniehive.api.host;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How far an exchange is. */
public sealed interface Progress {
    /**
     * No answer yet.
     *
     * @param phase what is happening: {@code queued}, {@code loading} or {@code prefill}
     * @param position place in the queue from 1, if queued
     * @param estimate how long it may still take, if history tells; an estimate and nothing more
     */
    record Waiting(String phase, OptionalInt position, Optional<Duration> estimate) implements Progress {}

    /**
     * The answer begins. For a stream, its first event is there.
     *
     * @param reply whose body holds the answer
     * @param about headers that tell how it was routed ({@code x-geniehive-…})
     */
    record Answered(Reply reply, Headers about) implements Progress {}

    /**
     * There will be no answer.
     *
     * @param problem why
     * @param about headers that tell how it was routed
     */
    record Failed(Problem problem, Headers about) implements Progress {}
}
