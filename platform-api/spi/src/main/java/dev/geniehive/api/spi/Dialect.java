package dev.geniehive.api.spi;

import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Problem;
import java.io.InputStream;

/** How a client API says what the platform has to say while an exchange is relayed. Stateless. */
public interface Dialect {
    /** {@return the content type of a stream, which the platform sends when it has to commit before the answer} */
    String streamType();

    /**
     * {@return what to write into a stream that has waited for long}
     *
     * <p>Empty if this answer is no stream: then nothing is written, and the status stays open.
     */
    byte[] waiting(Progress.Waiting waiting);

    /** {@return how a stream ends that has already begun and cannot be finished} */
    byte[] brokenOff(Problem problem);

    /** {@return the answer when nothing was sent yet} */
    Answer.Whole refused(Problem problem);

    /** {@return the reply's body in this client API's shape; reads block and return what there is} */
    default InputStream translate(Reply reply) {
        return reply.body();
    }
}
