package dev.geniehive.bench.wire;

/**
 * An answer that came whole.
 *
 * @param bodyBytes without its framing
 */
public record Answer(int status, long bodyBytes) {
    public boolean isOk() {
        return status / 100 == 2;
    }
}
