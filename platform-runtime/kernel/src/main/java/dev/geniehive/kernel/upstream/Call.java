package dev.geniehive.kernel.upstream;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request on its way to the head of its reply. Used once, by one thread. */
final class Call {
    /** For the reply of an engine that stopped to take the request: it is there already, or never comes. */
    private static final Duration EARLY_REPLY = Duration.ofSeconds(1);

    private final Target target;
    private final Dialer dialer;
    private final Endpoint endpoint;
    private final Pool pool;
    private final Ticker ticker;
    private final UpstreamRequest request;
    private final byte[] head;
    private final Failures failures;

    Call(PooledUpstream upstream, Pool pool, Ticker ticker, UpstreamRequest request, byte[] head) {
        this.target = upstream.target();
        this.dialer = upstream.dialer();
        this.endpoint = upstream.endpoint();
        this.pool = pool;
        this.ticker = ticker;
        this.request = request;
        this.head = head;
        this.failures = Failures.of(target, request);
    }

    /** Sends it on an idle connection; if that one turns out to be dead, once more on a fresh one. */
    UpstreamReply run() throws InterruptedException {
        Connection idle = take();
        if (idle != null) {
            UpstreamReply reply = ask(idle);
            if (reply != null) {
                return reply;
            }
        }
        UpstreamReply reply = ask(dial(idle != null));
        if (reply == null) {
            throw new IllegalStateException("a fresh connection was taken for a used one");
        }
        return reply;
    }

    private @Nullable Connection take() throws InterruptedException {
        try {
            return pool.take(
                    target.maxConnections(), target.timeouts().connect().toNanos());
        } catch (TimeoutException e) {
            throw failures.full(target.maxConnections(), false);
        }
    }

    /** @param sent whether some of the request may have been seen on another connection */
    private Connection dial(boolean sent) throws InterruptedException {
        boolean connected = false;
        try {
            ByteStream stream = dialer.open(endpoint, target.timeouts().connect());
            Connection connection = new Connection(stream, ticker);
            pool.opened(connection);
            connected = true;
            return connection;
        } catch (IOException e) {
            throwIfInterrupted(e);
            throw failures.connecting(e, sent);
        } finally {
            if (!connected) {
                pool.giveUp();
            }
        }
    }

    /** {@return the reply; null if the connection was a used one and dead, its place is kept for another} */
    private @Nullable UpstreamReply ask(Connection connection) throws InterruptedException {
        connection.begin(target.timeouts().write());
        Sending sending = new Sending(connection, head, request.body(), ticker);
        HeadReader reader = reader(connection, sending, target.timeouts().firstByte());
        boolean settled = false;
        try {
            ReplyHead replyHead = exchange(connection, sending, reader);
            settled = true;
            return new LiveReply(replyHead, new ReplyBody(pool, connection, sending, replyHead, failures));
        } catch (IOException e) {
            sending.throwBodyFailure();
            throwIfInterrupted(e);
            if (connection.used() && diedUnheard(connection, e)) {
                settled = true;
                pool.replace(connection);
                return null;
            }
            throw failures.awaitingHead(e, connection.killed(), reader.started());
        } finally {
            if (!settled) {
                pool.discard(connection);
            }
        }
    }

    private ReplyHead exchange(Connection connection, Sending sending, HeadReader reader) throws IOException {
        try {
            sending.start();
        } catch (IOException e) {
            return early(connection, sending, e);
        }
        return reader.read(request.method());
    }

    private ReplyHead early(Connection connection, Sending sending, IOException broken) throws IOException {
        if (connection.killed() != null || Thread.currentThread().isInterrupted()) {
            throw broken;
        }
        try {
            return reader(connection, sending, EARLY_REPLY).read(request.method());
        } catch (MalformedReplyException e) {
            throw e;
        } catch (IOException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private HeadReader reader(Connection connection, Sending sending, Duration firstByte) {
        return new HeadReader(
                connection, sending, ticker, firstByte, target.timeouts().idle());
    }

    private static boolean diedUnheard(Connection connection, IOException e) {
        return connection.killed() == null
                && !connection.in().anything()
                && !(e instanceof SocketTimeoutException)
                && !(e instanceof MalformedReplyException);
    }

    private static void throwIfInterrupted(IOException e) throws InterruptedException {
        if (Thread.interrupted() || e instanceof ClosedByInterruptException) {
            InterruptedException interrupted = new InterruptedException();
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
