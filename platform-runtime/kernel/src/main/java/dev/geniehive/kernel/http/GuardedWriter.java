package dev.geniehive.kernel.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes to a client for as long as the client takes the bytes. */
final class GuardedWriter implements DataWriter {
    private final DataWriter writer;
    private final Deadline deadline;
    private final Duration timeout;
    private final List<BufferData> held = new ArrayList<>(2);
    private boolean holding;

    GuardedWriter(DataWriter writer, Deadline deadline, Duration timeout) {
        this.writer = writer;
        this.deadline = deadline;
        this.timeout = timeout;
    }

    @Override
    public void write(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            write(buffer);
        }
    }

    @Override
    public void write(BufferData buffer) {
        if (holding) {
            held.add(buffer);
        } else {
            writeNow(buffer);
        }
    }

    /** From now on writes are held back, unless they must be now. */
    void holdBack() {
        holding = true;
    }

    /** Writes at once what was held back. */
    void letGo() {
        holding = false;
        if (!held.isEmpty()) {
            BufferData all = held.size() == 1 ? held.getFirst() : joined();
            held.clear();
            writeNow(all);
        }
    }

    /** In one piece, so that it is one write. */
    private BufferData joined() {
        int length = 0;
        for (BufferData buffer : held) {
            length += buffer.available();
        }
        byte[] all = new byte[length];
        int filled = 0;
        for (BufferData buffer : held) {
            int count = buffer.available();
            buffer.read(all, filled, count);
            filled += count;
        }
        return BufferData.create(all);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            writeNow(buffer);
        }
    }

    @Override
    public void writeNow(BufferData buffer) {
        deadline.arm(timeout);
        try {
            writer.writeNow(buffer);
        } finally {
            deadline.disarm();
        }
    }
}
