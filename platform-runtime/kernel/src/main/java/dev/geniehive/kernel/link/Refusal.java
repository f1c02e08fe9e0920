package dev.geniehive.kernel.link;

import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;

/**
 * What {@link FrameType#REFUSED} and {@link FrameType#ABORT} say.
 *
 * @param failure what happened between the node and the engine
 * @param sent whether the engine may have seen any of the request
 * @param message for a person
 */
record Refusal(Failure failure, boolean sent, String message) {
    private static final int LONGEST_MESSAGE = 2000;

    static Refusal of(UpstreamException e) {
        return new Refusal(e.failure(), e.sent(), e.getMessage());
    }

    byte[] payload() {
        String bounded = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
        return new PayloadWriter()
                .latin(failure.name())
                .number(sent ? 1 : 0, 1)
                .text(bounded)
                .bytes(FrameType.REFUSED);
    }

    static Refusal of(Frame frame) throws MalformedFrameException {
        PayloadReader in = new PayloadReader(frame.payload());
        Failure failure = failure(in.latin());
        long sent = in.number(1);
        String message = in.text();
        in.end();
        if (sent > 1) {
            throw new MalformedFrameException("a flag is neither 0 nor 1");
        }
        return new Refusal(failure, sent == 1, message);
    }

    private static Failure failure(String name) throws MalformedFrameException {
        try {
            return Failure.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new MalformedFrameException("there is no such failure");
        }
    }

    UpstreamException exception() {
        return new UpstreamException(failure, sent, message);
    }
}
