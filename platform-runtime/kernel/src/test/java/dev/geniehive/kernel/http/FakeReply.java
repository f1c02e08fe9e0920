package dev.geniehive.kernel.http;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.spi.Reply;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A reply whose body says what the test tells it to, when the test tells it to. */
final class FakeReply implements Reply {
    private static final Object END = new Object();

    private final int status;
    private final Headers headers;
    private final BlockingQueue<Object> script = new LinkedBlockingQueue<>();
    final CountDownLatch beingRead = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final AtomicLong taken = new AtomicLong();

    FakeReply(int status, Headers headers) {
        this.status = status;
        this.headers = headers;
    }

    static FakeReply stream() {
        return new FakeReply(200, Headers.of("content-type", "text/event-stream"));
    }

    FakeReply says(String text) {
        return says(text.getBytes(StandardCharsets.UTF_8));
    }

    FakeReply says(byte[] bytes) {
        script.add(bytes);
        return this;
    }

    FakeReply fails(RuntimeException how) {
        script.add(how);
        return this;
    }

    FakeReply ends() {
        script.add(END);
        return this;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    private final InputStream body = new InputStream() {
        private byte[] current = new byte[0];
        private int at;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (at == current.length) {
                Object next = next();
                if (next.equals(END)) {
                    script.add(END);
                    return -1;
                }
                if (next instanceof RuntimeException failure) {
                    throw failure;
                }
                current = (byte[]) next;
                at = 0;
            }
            int read = Math.min(length, current.length - at);
            System.arraycopy(current, at, to, offset, read);
            at += read;
            taken.addAndGet(read);
            return read;
        }
    };

    @Override
    public InputStream body() {
        return body;
    }

    private Object next() {
        beingRead.countDown();
        try {
            return script.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Failure.CANCELLED, true, "interrupted", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        script.add(new UpstreamException(UpstreamException.Failure.CANCELLED, true, "closed"));
    }
}
