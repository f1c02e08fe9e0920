package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.io.InputStream;
import java.util.Optional;

/** An answer that has begun, as the client gets it: the engine's bytes, none of its headers but the type. */
final class BegunReply implements Reply {
    private final Attempt.Begun begun;
    private final Pursuit.Hands hands;

    BegunReply(Attempt.Begun begun, Pursuit.Hands hands) {
        this.begun = begun;
        this.hands = hands;
    }

    @Override
    public int status() {
        return begun.reply().status();
    }

    @Override
    public Headers headers() {
        return begun.reply()
                .headers()
                .first("content-type")
                .map(type -> Headers.of("content-type", type))
                .orElse(Headers.NONE);
    }

    @Override
    public InputStream body() {
        return begun.body();
    }

    @Override
    public Optional<Usage> usage() {
        return begun.reply().usage();
    }

    @Override
    public void close() {
        hands.close();
    }
}
