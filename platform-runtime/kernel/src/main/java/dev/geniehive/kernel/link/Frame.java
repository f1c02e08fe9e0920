package dev.geniehive.kernel.link;

/** One frame. Its bytes are nobody else's. */
final class Frame {
    static final byte[] NOTHING = {};

    private final FrameType type;
    private final byte[] payload;

    Frame(FrameType type, byte[] payload) {
        this.type = type;
        this.payload = payload;
    }

    FrameType type() {
        return type;
    }

    byte[] payload() {
        return payload;
    }
}
