package dev.geniehive.plugin.simulator;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.util.Optional;

/**
 * A reply that is made up, and so are its tokens: its usage is an estimate.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param body what is read
 * @param promptTokens how long the question was
 */
record SimulatedReply(int status, Headers headers, PacedStream body, long promptTokens) implements Reply {
    @Override
    public Optional<Usage> usage() {
        return status == 200 ? Optional.of(new Usage(promptTokens, body.tokens(), true)) : Optional.empty();
    }

    @Override
    public void close() {
        body.close();
    }
}
