package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Embeddings as the client asked for them. Engines that know nothing of {@code encoding_format} or {@code dimensions}
 * ignore them without a word: the first is made up for here, the second is an error rather than another vector.
 */
final class EmbeddingReply {
    private static final String FORMAT = "encoding_format";
    private static final String DIMENSIONS = "dimensions";

    /** The first vector of an answer lies within so many bytes. */
    private static final int FIRST_BYTES = 256 * 1024;

    private EmbeddingReply() {}

    /** {@return the engine's reply in the client's shape; takes care of closing it} */
    static Reply of(UpstreamReply reply, Invocation invocation, String name) {
        try {
            Map<String, Json> wanted = Members.of(invocation.body(), Set.of(FORMAT, DIMENSIONS));
            OptionalLong dimensions =
                    wanted.getOrDefault(DIMENSIONS, Json.nothing()).asLong();
            UpstreamReply begun = reply;
            if (dimensions.isPresent()) {
                byte[] first = reply.body().readNBytes(FIRST_BYTES);
                OptionalInt found = FirstVector.dimensions(first);
                if (found.isPresent() && found.getAsInt() != dimensions.getAsLong()) {
                    reply.close();
                    return ignored(name, dimensions.getAsLong(), found.getAsInt());
                }
                begun = reply.withBody(new SequenceInputStream(new ByteArrayInputStream(first), reply.body()));
            }
            Reply metered = MeteredReply.of(begun, invocation);
            boolean base64 = wanted.getOrDefault(FORMAT, Json.nothing()).equals(Json.of("base64"));
            return base64 ? metered.withBody(new Base64Embeddings(metered.body())) : metered;
        } catch (IOException e) {
            reply.close();
            throw Broken.off(name, e);
        } catch (RuntimeException | Error e) {
            reply.close();
            throw e;
        }
    }

    private static Reply ignored(String name, long wanted, int found) {
        return Reply.refusal(
                400,
                "%s makes vectors of %d numbers and ignores 'dimensions', which was %d. Leave it out, or ask for another model."
                        .formatted(name, found, wanted));
    }
}
