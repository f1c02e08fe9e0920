package dev.geniehive.kernel.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.time.Duration;

/** Writes to a client for as long as the client takes the bytes. */
final class GuardedWriter implements DataWriter {
    private final DataWriter writer;
    private final Deadline deadline;
    private final Duration timeout;

    GuardedWriter(DataWriter writer, Deadline deadline, Duration timeout) {
        this.writer = writer;
        this.deadline = deadline;
        this.timeout = timeout;
    }

    @Override
    public void write(BufferData... buffers) {
        writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
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
