package dev.geniehive.it.hive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The wire between a node and its control plane: a forwarder on loopback that can go dead in all the ways that wires do.
 * What it held back while it was silent comes through when it is healed, as over TCP.
 */
final class Wiretap implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.FORWARDS;
    private long delayNanos;

    private enum State {
        FORWARDS,
        SILENT,
        CUT
    }

    private Wiretap(int port) throws IOException {
        this.target = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        this.listener = new ServerSocket(0, 128, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    /** {@return one that leads to a port of 127.0.0.1} */
    static Wiretap to(int port) {
        try {
            return new Wiretap(port);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** {@return how many connections were made to it so far} */
    long connections() {
        return connections.get();
    }

    /** Nothing comes through any more, and nobody is told: connections stay, new ones are taken. */
    void silence() {
        become(State.SILENT);
    }

    /** All connections are reset, and so are new ones. */
    void cut() {
        become(State.CUT);
        sockets.forEach(Wiretap::reset);
    }

    /** Everything takes so much longer, each way. */
    void delay(Duration each) {
        lock.lock();
        try {
            delayNanos = each.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** All is well again. */
    void heal() {
        delay(Duration.ZERO);
        become(State.FORWARDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        become(State.CUT);
        sockets.forEach(Wiretap::reset);
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket near = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> join(near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket near) {
        Socket far = new Socket();
        sockets.add(near);
        sockets.add(far);
        try (near;
                far) {
            awaitOpen();
            near.setTcpNoDelay(true);
            far.connect(target);
            far.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(far, near));
            pump(near, far);
            back.join();
        } catch (IOException unreachable) {
            reset(near);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(near);
            sockets.remove(far);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitOpen();
                to.getOutputStream().write(buffer, 0, read);
            }
            awaitOpen();
            to.shutdownOutput();
        } catch (IOException broken) {
            awaitNews();
            reset(from);
            reset(to);
        }
    }

    /** An end without a goodbye is not heard of on the other side either while the wire is silent. */
    private void awaitNews() {
        try {
            awaitOpen();
        } catch (IOException cut) {
            // which is news, too
        }
    }

    private void awaitOpen() throws IOException {
        lock.lock();
        try {
            while (state == State.SILENT) {
                changed.awaitUninterruptibly();
            }
            if (state == State.CUT) {
                throw new IOException("the wire is cut");
            }
            long left = delayNanos;
            while (left > 0 && state == State.FORWARDS) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException gone) {
            // so it is closed, which is what was wanted
        }
    }
}
