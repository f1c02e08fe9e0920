package dev.geniehive.kernel.app;

/** A process cannot listen where it was told to, mostly because another one does. */
public final class CannotListenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    CannotListenException(String host, int port, Throwable cause) {
        super(
                "Cannot listen on %s:%d. See whether something else listens there, or choose another port with --port."
                        .formatted(host, port),
                cause);
        this.host = host;
        this.port = port;
    }

    /** {@return the address that it was told} */
    public String host() {
        return host;
    }

    /** {@return the port that it was told} */
    public int port() {
        return port;
    }
}
