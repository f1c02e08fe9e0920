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
        return again(target, clients, time, client -> client.ask(request, System.nanoTime()));
    }

    /** The same with streams of so many chunks. */
    public static Tally closedStreams(Target target, byte[] request, long chunks, int clients, Duration time)
            throws InterruptedException {
        return again(target, clients, time, client -> client.stream(request, chunks));
    }

    /** Closed loop of one client that pauses before each request, so that nothing is warm any more; a time does not hold the pause. */
    public static Tally spaced(Target target, byte[] request, Duration pause, Duration time)
            throws InterruptedException {
        return again(target, 1, time, client -> {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            client.ask(request, System.nanoTime());
        });
    }

    /** Closed loop of one client that connects anew for each request; its times are from before that. */
    public static Tally closedAnew(Target target, byte[] request, Duration time) throws InterruptedException {
        return again(target, 1, time, client -> {
            client.close();
            client.ask(request, System.nanoTime());
        });
    }

    /**
     * Open loop: requests are due at a rate, whether or not answers come; a time counts from when a request was due, so a
     * target that stalls is charged with all who had to wait. Clients are the most that are under way at once.
     */
    public static Tally open(Target target, byte[] request, double perSecond, int clients, Duration time)
            throws InterruptedException {
        AtomicLong next = new AtomicLong();
        long count = Math.max(1, (long) (perSecond * time.toNanos() / 1e9));
        return timed(target, clients, (client, number, start) -> {
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
        return timed(target, clients, (client, number, start) -> {
            long due = start + spread.toNanos() * number / clients;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            client.stream(request, chunks);
        });
    }

    /** One request of a closed loop, and what belongs to it. */
    private interface Step {
        void take(Client client) throws InterruptedException;
    }

    private static Tally again(Target target, int clients, Duration time, Step step) throws InterruptedException {
        return timed(target, clients, (client, number, start) -> {
            do {
                step.take(client);
            } while (System.nanoTime() - start < time.toNanos() && !client.hasGivenUp());
        });
    }

    private interface Turn {
        void run(Client client, int number, long startNanos) throws InterruptedException;
    }

    private static Tally timed(Target target, int clients, Turn turn) throws InterruptedException {
        Tally tally = new Tally();
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
