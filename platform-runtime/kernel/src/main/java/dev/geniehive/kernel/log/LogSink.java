package dev.geniehive.kernel.log;

import java.io.IOException;
import java.io.OutputStream;

/** Where log lines go. Used by one thread at a time. */
interface LogSink {
    void write(byte[] line) throws IOException;

    void close() throws IOException;

    /** {@return a sink that writes to a stream, flushes after each line, and leaves the stream open} */
    static LogSink to(OutputStream stream) {
        return new LogSink() {
            @Override
            public void write(byte[] line) throws IOException {
                stream.write(line);
                stream.flush();
            }

            @Override
            public void close() throws IOException {
                stream.flush();
            }
        };
    }
}
