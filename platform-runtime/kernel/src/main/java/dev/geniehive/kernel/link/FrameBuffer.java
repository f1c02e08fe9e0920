package dev.geniehive.kernel.link;

import java.util.Arrays;

/** Frames that leave in one write. Used by one thread. */
final class FrameBuffer {
    private byte[] bytes;
    private int length;

    FrameBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    static FrameBuffer of(FrameType type, byte[] payload) {
        FrameBuffer one = new FrameBuffer(FrameReader.HEADER_BYTES + payload.length);
        one.put(type, payload, 0, payload.length);
        return one;
    }

    void put(FrameType type, byte[] payload, int offset, int count) {
        int needed = length + FrameReader.HEADER_BYTES + count;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        bytes[length] = (byte) type.code();
        bytes[length + 1] = (byte) (count >>> 16);
        bytes[length + 2] = (byte) (count >>> 8);
        bytes[length + 3] = (byte) count;
        System.arraycopy(payload, offset, bytes, length + FrameReader.HEADER_BYTES, count);
        length = needed;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }
}
