package dev.geniehive.control.gateway;

import dev.geniehive.api.model.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole answer of which only the start had come when the client got the first of it. Read by one thread. */
final class LongAnswer extends InputStream implements Ending {
    private final InputStream in;
    private final String service;
    private volatile boolean whole;
    private volatile @Nullable UpstreamException failure;

    LongAnswer(InputStream in, String service) {
        this.in = in;
        this.service = service;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int count = in.read(into, offset, length);
            whole |= count < 0;
            return count;
        } catch (IOException broken) {
            failure = new UpstreamException(
                    UpstreamException.Failure.BROKEN, true, "%s broke off: %s".formatted(service, broken), broken);
            throw broken;
        } catch (UpstreamException broken) {
            failure = broken;
            throw broken;
        }
    }

    @Override
    public Optional<UpstreamException> broken() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean whole() {
        return whole;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
