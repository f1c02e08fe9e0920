package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.upstream.ByteStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A protocol that a client may switch its connection to, by {@code GET} with an {@code Upgrade} header.
 *
 * @param protocol what the header says, for example {@code geniehive-link}
 * @param path where, for example {@code /v1/nodes/link}
 * @param access who may
 * @param refusal tells by the headers of a request why it is not switched; empty if it may be
 * @param handler what happens on the connection from then on
 */
public record Upgrade(
        String protocol, String path, Access access, Function<Headers, Optional<Problem>> refusal, Handler handler) {
    /** Has a connection for as long as it wants. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Runs on the connection's own virtual thread, after {@code 101 Switching Protocols} was sent. When this
         * returns or throws, the connection is closed; when the edge stops, the stream is.
         *
         * @param caller whose connection it is
         * @param headers what the request said
         * @param stream the connection; reads and writes of different threads are welcome. Its reads know no timeout
         */
        void run(Caller caller, Headers headers, ByteStream stream) throws IOException, InterruptedException;
    }
}
