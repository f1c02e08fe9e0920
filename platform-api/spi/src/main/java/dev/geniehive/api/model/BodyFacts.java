package dev.geniehive.api.model;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What routing needs to know about a request's body; read once by the platform.
 *
 * @param model the model that the client named, empty if the body names none
 * @param stream whether the client wants the answer as a stream
 * @param usageInStream whether the client asked for usage in the stream ({@code stream_options.include_usage})
 * @param tools whether tools are offered to the model
 * @param images whether a message holds an image
 * @param audio whether a message holds sound
 * @param structured whether {@code response_format} asks for JSON
 * @param maxTokens how many tokens the client allows for the answer, if it says
 * @param promptBytes bytes of the body's strings: from it the prompt's tokens are estimated
 * @param outputs how many answers are wanted ({@code n}), if the client says
 */
public record BodyFacts(
        String model,
        boolean stream,
        boolean usageInStream,
        boolean tools,
        boolean images,
        boolean audio,
        boolean structured,
        OptionalLong maxTokens,
        long promptBytes,
        OptionalInt outputs) {
    /** Facts of a body about which nothing is known. */
    public static final BodyFacts NONE =
            new BodyFacts("", false, false, false, false, false, false, OptionalLong.empty(), 0, OptionalInt.empty());

    /** {@return facts of a body that names a model, and maybe wants a stream} */
    public static BodyFacts of(String model, boolean stream) {
        return new BodyFacts(
                model, stream, false, false, false, false, false, OptionalLong.empty(), 0, OptionalInt.empty());
    }
}
