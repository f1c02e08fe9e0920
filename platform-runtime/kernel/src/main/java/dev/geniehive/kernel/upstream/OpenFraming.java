package dev.geniehive.kernel.upstream;

/** A body that ends when the engine closes the connection. */
final class OpenFraming implements Framing {
    @Override
    public int take(Inbound in, byte[] into, int offset, int length) {
        return in.take(into, offset, length);
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public long ahead() {
        return Long.MAX_VALUE;
    }

    @Override
    public void passed(int count) {
        // it goes on for as long as it likes
    }
}
