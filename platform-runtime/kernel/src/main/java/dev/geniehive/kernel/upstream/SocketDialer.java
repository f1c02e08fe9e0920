package dev.geniehive.kernel.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens sockets. They are those of channels: such a socket can be asked without waiting whether it is stale, and a
 * blocked thread of either kind can be interrupted.
 */
final class SocketDialer implements Dialer {
    private final @Nullable SSLContext tls;
    private final boolean verifyHostname;

    SocketDialer(@Nullable SSLContext tls, boolean verifyHostname) {
        this.tls = tls;
        this.verifyHostname = verifyHostname;
    }

    @Override
    public ByteStream open(Endpoint endpoint, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        IOException refused = new ConnectException("the name has no address");
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            try {
                return open(endpoint, address, deadline);
            } catch (ConnectException | NoRouteToHostException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private ByteStream open(Endpoint endpoint, InetAddress address, long deadline) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean open = false;
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(address, endpoint.port()), millisUntil(deadline));
            Socket socket = endpoint.tls() ? shakeHands(channel.socket(), endpoint, deadline) : channel.socket();
            ByteStream stream = new SocketStream(channel, socket);
            open = true;
            return stream;
        } finally {
            if (!open) {
                channel.close();
            }
        }
    }

    private Socket shakeHands(Socket raw, Endpoint endpoint, long deadline) throws IOException {
        SSLSocketFactory factory =
                tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls.getSocketFactory();
        SSLSocket socket = (SSLSocket) factory.createSocket(raw, endpoint.host(), endpoint.port(), true);
        if (verifyHostname) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.setSoTimeout(millisUntil(deadline));
        socket.startHandshake();
        return socket;
    }

    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the time for connecting is over");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
