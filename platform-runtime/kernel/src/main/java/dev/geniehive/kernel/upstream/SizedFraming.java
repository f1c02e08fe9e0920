package dev.geniehive.kernel.upstream;

/** A body of known length, perhaps of none. */
final class SizedFraming implements Framing {
    private long left;

    SizedFraming(long length) {
        this.left = length;
    }

    @Override
    public int take(Inbound in, byte[] into, int offset, int length) {
        int count = in.take(into, offset, (int) Math.min(length, left));
        left -= count;
        return count;
    }

    @Override
    public boolean ended() {
        return left == 0;
    }

    @Override
    public long ahead() {
        return left;
    }

    @Override
    public void passed(int count) {
        left -= count;
    }
}
