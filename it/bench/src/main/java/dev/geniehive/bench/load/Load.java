package dev.geniehive.bench.load;

import dev.geniehive.bench.subject.Target;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The ways to put load on a target. Each returns when all clients have had their last answer. */
public final class Load {
    private static final int BUFFER_BYTES = 8192;
    private static final int BUFFER_BYTES_OF_MANY = 2048;
    private static final int MANY = 256;

    private Load() {}

    /** Closed loop: each client sends its next request when it has had its last answer. */
    public static Tally closed(Target target, byte[] request, int clients, Duration time) throws InterruptedException {
        Tally tally = new Tally();
        return timed(tally, target, clients, (client, number, start) -> {
            do {
                client.ask(request, System.nanoTime());
            } while (System.nanoTime() - start < time.toNanos() && !client.hasGivenUp());
        });
    }

    /** One client that pauses before each request, so that nothing is warm any more; a time does not hold the pause. */
    public static Tally spaced(Target target, byte[] request, Duration pause, Duration time)
            throws InterruptedException {
        Tally tally = new Tally();
        return timed(tally, target, 1, (client, number, start) -> {
            do {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                client.ask(request, System.nanoTime());
            } while (System.nanoTime() - start < time.toNanos() && !client.hasGivenUp());
        });
    }

    /** The same as closed, with streams of so many chunks. */
    public static Tally closedStreams(Target target, byte[] request, long chunks, int clients, Duration time)
            throws InterruptedException {
        Tally tally = new Tally();
        return timed(tally, target, clients, (client, number, start) -> {
            do {
                client.stream(request, chunks);
            } while (System.nanoTime() - start < time.toNanos() && !client.hasGivenUp());
        });
    }

    /** Closed loop of one client that connects anew for each request; its times are from before that. */
    public static Tally closedAnew(Target target, byte[] request, Duration time) throws InterruptedException {
        Tally tally = new Tally();
        return timed(tally, target, 1, (client, number, start) -> {
            do {
                client.close();
                client.ask(request, System.nanoTime());
            } while (System.nanoTime() - start < time.toNanos() && !client.hasGivenUp());
        });
    }

    /**
     * Open loop: requests are due at a rate, whether or not answers come; a time counts from when a request was due, so a
     * target that stalls is charged with all who had to wait. Clients are the most that are under way at once.
     */
    public static Tally open(Target target, byte[] request, double perSecond, int clients, Duration time)
            throws InterruptedException {
        Tally tally = new Tally();
        AtomicLong next = new AtomicLong();
        long count = Math.max(1, (long) (perSecond * time.toNanos() / 1e9));
        return timed(tally, target, clients, (client, number, start) -> {
            for (long i = next.getAndIncrement(); i < count && !client.hasGivenUp(); i = next.getAndIncrement()) {
                long due = start + (long) (i * 1e9 / perSecond);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                client.ask(request, due);
            }
        });
    }

    /** Each client reads one stream; they begin spread evenly over a time. */
    public static Tally streams(Target target, byte[] request, long chunks, int clients, Duration spread)
            throws InterruptedException {
        Tally tally = new Tally();
        return timed(tally, target, clients, (client, number, start) -> {
            long due = start + spread.toNanos() * number / clients;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            client.stream(request, chunks);
        });
    }

    private interface Turn {
        void run(Client client, int number, long startNanos) throws InterruptedException;
    }

    private static Tally timed(Tally tally, Target target, int clients, Turn turn) throws InterruptedException {
        CountDownLatch connected = new CountDownLatch(clients);
        int bufferBytes = clients > MANY ? BUFFER_BYTES_OF_MANY : BUFFER_BYTES;
        AtomicLong start = new AtomicLong();
        Crowd.run(clients, number -> {
            try (Client client = new Client(target, bufferBytes, tally)) {
                client.connect();
                connected.countDown();
                connected.await();
                start.compareAndSet(0, System.nanoTime());
                turn.run(client, number, start.get());
            } catch (InterruptedException stopped) {
                tally.failures().add("interrupted");
                Thread.currentThread().interrupt();
            }
        });
        tally.took(System.nanoTime() - start.get());
        return tally;
    }
}
