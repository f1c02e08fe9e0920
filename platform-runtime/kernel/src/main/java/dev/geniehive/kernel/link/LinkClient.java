package dev.geniehive.kernel.link;

import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.upstream.ByteStream;
import dev.geniehive.kernel.upstream.Dialer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's end of the link to one control plane: dials, keeps some connections idle, and serves what comes on them. Safe
 * for use by many threads at once.
 */
public final class LinkClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LinkClient.class);
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ControlAddress control;
    private final Parts parts;
    private final Fleet fleet;
    private final Minder minder;
    private final DialLog dialLog;
    private final Thread keeper;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * What a client is lent.
     *
     * @param sockets opens connections
     * @param services what can be asked for
     * @param bodies holds the bodies of requests until the engine has answered
     * @param nudged called when the control plane wants a heartbeat now; must be quick
     * @param random for jitter
     */
    public record Parts(
            Dialer sockets,
            LinkServices services,
            Bodies bodies,
            Runnable nudged,
            Ticker ticker,
            RandomGenerator random) {}

    private LinkClient(LinkSettings settings, ControlAddress control, Parts parts) {
        this.control = control;
        this.parts = parts;
        this.fleet = new Fleet(settings, parts);
        this.minder = new Minder("link-client", settings, parts.ticker(), fleet::shrink);
        this.dialLog = new DialLog(control);
        this.keeper = Thread.ofVirtual().name("link-keeper").unstarted(this::keep);
    }

    /** Starts to dial on threads of its own, and goes on dialling until it is closed, whatever happens. */
    public static LinkClient start(LinkSettings settings, URI control, String key, Parts parts) {
        LinkClient client = new LinkClient(settings, ControlAddress.of(control, key), parts);
        client.minder.start();
        client.keeper.start();
        return client;
    }

    private void keep() {
        try {
            while (fleet.awaitDial()) {
                Thread thread = Thread.ofVirtual().name("link").unstarted(this::live);
                threads.add(thread);
                thread.start();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** One connection from its dial to its end. */
    private void live() {
        try {
            NodeLine line = dial();
            if (line != null) {
                serve(line);
            }
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private @Nullable NodeLine dial() {
        boolean up = false;
        ByteStream stream = null;
        try {
            stream = parts.sockets().open(control.endpoint(), DIAL_TIMEOUT);
            byte[] ahead = new Handshake(stream, DIAL_TIMEOUT, parts.ticker()).shake(control.request());
            Line line = new Line(stream, ahead, Line.PATIENT, parts.ticker(), () -> {});
            NodeLine fresh = new NodeLine(line, fleet, parts);
            up = true;
            dialLog.up();
            if (fleet.up(fresh)) {
                return fresh;
            }
            line.close("this node stops");
            return null;
        } catch (IOException | RuntimeException e) {
            dialLog.failed(e, closed);
            return null;
        } catch (InterruptedException e) {
            return null;
        } finally {
            if (!up) {
                close(stream);
                fleet.failed();
            }
        }
    }

    private static void close(@Nullable ByteStream stream) {
        if (stream != null) {
            stream.close();
        }
    }

    private void serve(NodeLine line) {
        minder.add(line.line());
        try {
            line.read();
        } catch (MalformedFrameException e) {
            dialLog.broke(e);
        } catch (IOException e) {
            dialLog.lost(e);
        } catch (InterruptedException e) {
            // closed
        } finally {
            minder.remove(line.line());
            fleet.lost(line);
        }
    }

    /** {@return connections that stand, idle and busy} */
    public int connections() {
        return fleet.size();
    }

    /** Cuts all connections; running exchanges are hung up on. */
    @Override
    public void close() {
        closed = true;
        fleet.close().forEach(line -> line.close("this node stops"));
        minder.close();
        threads.forEach(Thread::interrupt);
        long until = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        boolean interrupted = !joined(keeper, until);
        for (Thread thread : threads) {
            interrupted |= !joined(thread, until);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return false if the calling thread was interrupted} */
    private static boolean joined(Thread thread, long until) {
        try {
            long left = until - System.nanoTime();
            if (left > 0 && !thread.join(Duration.ofNanos(left))) {
                log.warn("A thread of the link did not end in time: {}", thread.getName());
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
