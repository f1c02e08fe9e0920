package dev.geniehive.kernel.link;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a frame is, and how much it may hold. Numbers are never used anew. */
enum FrameType {
    /** A request's head; control plane to node. */
    OPEN(1, 96 << 10),
    /** A stretch of a body, never empty. */
    DATA(2, 16 << 10),
    /** The body is over. */
    END(3, 0),
    /** A reply's head; node to control plane. */
    HEAD(4, 96 << 10),
    /** There will be no reply; node to control plane. */
    REFUSED(5, 8 << 10),
    /** The exchange is over before its end. */
    ABORT(6, 8 << 10),
    /** Answer with PONG. */
    PING(7, 0),
    /** Still here. */
    PONG(8, 0),
    /** To a node: send your heartbeat now. From a node: give me no more requests on this connection, and close it. */
    NUDGE(9, 0);

    private static final List<FrameType> ALL = List.of(values());

    private final int code;
    private final int maxBytes;

    FrameType(int code, int maxBytes) {
        this.code = code;
        this.maxBytes = maxBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    int code() {
        return code;
    }

    static @Nullable FrameType of(int code) {
        for (FrameType type : ALL) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
