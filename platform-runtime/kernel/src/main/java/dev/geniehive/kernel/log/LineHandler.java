package dev.geniehive.kernel.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes each entry at once and as a whole. */
final class LineHandler extends Handler {
    private final ReentrantLock lock = new ReentrantLock();
    private final LogSink sink;

    LineHandler(LogSink sink) {
        this.sink = sink;
        setLevel(Level.ALL);
        setFormatter(new LineFormatter());
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        byte[] line = getFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            sink.write(line);
        } catch (IOException e) {
            reportError("cannot write the log", e, ErrorManager.WRITE_FAILURE);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        lock.lock();
        try {
            sink.close();
        } catch (IOException e) {
            reportError("cannot close the log", e, ErrorManager.CLOSE_FAILURE);
        } finally {
            lock.unlock();
        }
    }
}
