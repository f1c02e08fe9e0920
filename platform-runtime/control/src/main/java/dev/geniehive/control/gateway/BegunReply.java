package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.io.InputStream;
import java.util.Optional;

/** An answer that has begun, as the client gets it: the engine's bytes, none of its headers but the type, and the length if it is known. */
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
        Headers type = begun.reply()
                .headers()
                .first("content-type")
                .map(engines -> Headers.of("content-type", engines))
                .orElse(Headers.NONE);
        return begun.length().isPresent()
                ? type.with("content-length", Integer.toString(begun.length().getAsInt()))
                : type;
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
