package dev.geniehive.bench.row;

import dev.geniehive.bench.upstream.Steering;

/** What the requests of several rows look like. */
final class Shape {
    /** A chat as short as they get: a sentence in, a few words out. */
    static final Steering SHORT = Steering.whole(64);

    /** About a token. */
    static final int CHUNK_BYTES = 8;

    /** 50 tokens a second. */
    static final long PACE_MICROS = 20_000;

    private Shape() {}
}
