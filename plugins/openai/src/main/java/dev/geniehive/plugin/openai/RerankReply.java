package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine's ranking, which is read as a whole and put into our shape once somebody reads it. */
final class RerankReply implements Reply {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final UpstreamReply upstream;
    private final Reading body;

    /** @param shape puts what the engine said into our shape */
    RerankReply(UpstreamReply upstream, Function<byte[], RerankAnswer> shape) {
        this.upstream = upstream;
        this.body = new Reading(upstream.body(), shape);
    }

    @Override
    public int status() {
        return upstream.status();
    }

    @Override
    public Headers headers() {
        return Headers.of("content-type", "application/json");
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public Optional<Usage> usage() {
        return body.usage;
    }

    @Override
    public void close() {
        upstream.close();
    }

    private static final class Reading extends InputStream {
        private final InputStream in;
        private final Function<byte[], RerankAnswer> shape;
        private @Nullable InputStream made;
        private volatile Optional<Usage> usage = Optional.empty();

        Reading(InputStream in, Function<byte[], RerankAnswer> shape) {
            this.in = in;
            this.shape = shape;
        }

        private InputStream made() throws IOException {
            InputStream known = made;
            if (known == null) {
                byte[] said = in.readNBytes(MOST_BYTES + 1);
                if (said.length > MOST_BYTES) {
                    throw new IOException("a ranking of more than %d bytes".formatted(MOST_BYTES));
                }
                RerankAnswer answer = shape.apply(said);
                usage = answer.usage();
                known = new ByteArrayInputStream(answer.json().utf8());
                made = known;
            }
            return known;
        }

        @Override
        public int read() throws IOException {
            return made().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return made().read(into, offset, length);
        }
    }
}
