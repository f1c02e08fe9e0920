package dev.geniehive.it.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An engine that answers like a real one and misbehaves as {@link Knobs} say. Runs inside a test, or by {@link #main} as
 * a process of its own; knobs are turned by {@link #turn} or {@code POST /__knobs}, and what it saw is told by
 * {@link #seen} or {@code GET /__seen} ({@code ?version=N&wait_ms=M} waits for news).
 */
public final class FakeEngine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Flavor flavor;
    private final Journal journal = new Journal();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock listening = new ReentrantLock();
    private final InetSocketAddress address;
    private volatile Knobs knobs;
    private volatile boolean closed;
    private @Nullable ServerSocket listener;
    private Thread acceptor;

    private FakeEngine(Flavor flavor, Knobs knobs, int port) throws IOException {
        this.flavor = flavor;
        this.knobs = knobs;
        ServerSocket first = bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        this.address = (InetSocketAddress) first.getLocalSocketAddress();
        this.listener = first;
        this.acceptor = Thread.ofVirtual().unstarted(() -> accept(first));
        acceptor.start();
    }

    /** Starts on a free port of 127.0.0.1. */
    public static FakeEngine start(Flavor flavor, Knobs knobs) {
        return start(flavor, knobs, 0);
    }

    /** Starts on that port of 127.0.0.1. */
    public static FakeEngine start(Flavor flavor, Knobs knobs, int port) {
        try {
            return new FakeEngine(flavor, knobs, port);
        } catch (IOException e) {
            throw new UncheckedIOException("the fake engine cannot listen on port " + port, e);
        }
    }

    /**
     * Runs until it is killed, or, with {@code --with-stdin}, until its standard input ends.
     *
     * @param args {@code --flavor} and one of {@link Flavor} in small letters, {@code --port N}, and any knob as {@code --name value}
     */
    @SuppressWarnings("SystemOut") // the contract with whoever starts the process
    public static void main(String[] args) throws IOException, InterruptedException {
        Flavor flavor = Flavor.OPENAI;
        int port = 0;
        boolean withStdin = false;
        Knobs knobs = Knobs.defaults();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--flavor" -> flavor = Flavor.valueOf(args[++i].toUpperCase(Locale.ROOT));
                case "--port" -> port = Integer.parseInt(args[++i]);
                case "--with-stdin" -> withStdin = true;
                default -> knobs = knobs.with(args[i].replaceFirst("^--", ""), args[++i]);
            }
        }
        FakeEngine engine = start(flavor, knobs, port);
        System.out.println("listening 127.0.0.1:" + engine.port());
        System.out.flush();
        if (withStdin) {
            while (System.in.read() >= 0) {
                // nothing is said there; only its end counts
            }
            engine.close();
        } else {
            Thread.currentThread().join();
        }
    }

    public Flavor flavor() {
        return flavor;
    }

    public int port() {
        return address.getPort();
    }

    /** {@return its base address} */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public Knobs knobs() {
        return knobs;
    }

    /** Behaves so from the next request on. */
    public void turn(Knobs next) {
        boolean wasOpen = knobs.number("refuse-ms") == 0;
        int refuseMs = next.number("refuse-ms");
        knobs = next;
        if (refuseMs != 0) {
            stopListening();
        } else if (!wasOpen) {
            listenAgain();
        }
        if (refuseMs > 0) {
            Thread.ofVirtual().start(() -> openAfter(refuseMs));
        }
    }

    /** Turns one knob. */
    public void turn(String name, Object value) {
        turn(knobs.with(name, value));
    }

    /** {@return all requests but those to {@code /__…}, the first first} */
    public List<Seen> seen() {
        return journal.all();
    }

    /** {@return how many requests it works on} */
    public int inFlight() {
        return journal.inFlight();
    }

    /** {@return how many of them take a slot: those who only look do not} */
    int busy() {
        return (int) journal.all().stream()
                .filter(seen -> seen.endedMs().isEmpty() && Script.infers(seen.method(), seen.target()))
                .count();
    }

    /**
     * {@return the first request that is so, as soon as there is one}
     *
     * @throws AssertionError if there is none within ten seconds
     */
    public Seen await(Predicate<? super Seen> such) throws InterruptedException {
        return journal.await(such, PATIENCE)
                .orElseThrow(() -> new AssertionError("the engine saw no such request, but " + seen()));
    }

    Journal journal() {
        return journal;
    }

    private void openAfter(int ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
            turn(knobs.withAll(Map.of("refuse-ms", "0")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocket bind(InetSocketAddress where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.setReceiveBufferSize(16 * 1024); // so that a slow reader is felt
        socket.bind(where, 128);
        return socket;
    }

    private void stopListening() {
        listening.lock();
        try {
            if (listener != null) {
                listener.close();
                listener = null;
                acceptor.join(); // the port is free only when the thread that accepts has let go of it
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listening.unlock();
        }
    }

    private void listenAgain() {
        listening.lock();
        try {
            if (listener == null && !closed) {
                ServerSocket next = bind(address);
                listener = next;
                acceptor = Thread.ofVirtual().start(() -> accept(next));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("port %d is taken meanwhile".formatted(port()), e);
        } finally {
            listening.unlock();
        }
    }

    private void accept(ServerSocket from) {
        while (true) {
            try {
                Socket socket = from.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> {
                    new Connection(this, socket).serve();
                    open.remove(socket);
                });
            } catch (IOException notListening) {
                return;
            }
        }
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        closed = true;
        stopListening();
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
