package dev.geniehive.kernel.upstream;

import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Opens byte streams to endpoints. Safe for use by many threads at once. */
@FunctionalInterface
public interface Dialer {
    /**
     * Opens a stream on which a request can be written.
     *
     * @param timeout for all of it, a TLS handshake included
     * @throws java.net.SocketTimeoutException if it took too long
     * @throws javax.net.ssl.SSLException if somebody listens whom we do not trust or understand
     * @throws IOException if nobody can be reached there
     * @throws dev.geniehive.api.model.UpstreamException if the other side says why, for example that it is busy
     * @throws InterruptedException if the thread was interrupted; an {@link IOException} with the interrupt status set
     *     is as good
     */
    ByteStream open(Endpoint endpoint, Duration timeout) throws IOException, InterruptedException;

    /** {@return a dialer of sockets; certificates are checked against the trust store of the JDK} */
    static Dialer sockets() {
        return new SocketDialer(null, true);
    }

    /**
     * {@return a dialer of sockets}
     *
     * @param tls decides which certificates are trusted and which one is ours
     * @param verifyHostname whether the certificate has to name the host
     */
    static Dialer sockets(SSLContext tls, boolean verifyHostname) {
        return new SocketDialer(tls, verifyHostname);
    }
}
