package dev.geniehive.it.hive;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Many nodes that are nothing but what they say, one virtual thread each: they join, report, and come back as agents do. */
final class Fleet implements AutoCloseable {
    private static final int HTTP_UNKNOWN = 404;

    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Phase> phase;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    /** A heartbeat that was answered. */
    record Beat(int node, long atNanos, long tookNanos, long intervalMs) {
        boolean late() {
            return takes(Duration.ofMillis(intervalMs));
        }

        boolean takes(Duration atLeast) {
            return tookNanos > atLeast.toNanos();
        }
    }

    /** A time that is looked at by itself. */
    static final class Phase {
        private final int nodes;
        private final CountDownLatch heard;
        private final Queue<Beat> first = new ConcurrentLinkedQueue<>();
        private final Queue<Beat> all = new ConcurrentLinkedQueue<>();

        private Phase(int nodes) {
            this.nodes = nodes;
            this.heard = new CountDownLatch(nodes);
        }

        /** Waits until each node was heard. {@return whether it was within that time} */
        boolean awaitAll(int seconds) throws InterruptedException {
            return heard.await(seconds, TimeUnit.SECONDS);
        }

        /** Waits until each node could be heard so often. {@return whether it was so within that time} */
        boolean awaitBeats(int times, int seconds) throws Exception {
            Eventually.see(seconds, all::size, beats -> beats >= times * nodes);
            return awaitAll(seconds);
        }

        /** {@return what was answered so far, the quickest first} */
        List<Beat> byDuration() {
            return all.stream()
                    .sorted((one, other) -> Long.compare(one.tookNanos(), other.tookNanos()))
                    .toList();
        }

        /** {@return how many nodes were first heard in the fullest stretch of so many ms} */
        int mostAtOnce(long ms) {
            long[] times = first.stream().mapToLong(Beat::atNanos).sorted().toArray();
            int most = 0;
            int from = 0;
            for (int to = 0; to < times.length; to++) {
                while (times[to] - times[from] > TimeUnit.MILLISECONDS.toNanos(ms)) {
                    from++;
                }
                most = Math.max(most, to - from + 1);
            }
            return most;
        }

        private void add(Beat beat, boolean isFirst) {
            all.add(beat);
            if (isFirst) {
                first.add(beat);
                heard.countDown();
            }
        }

        @Override
        public String toString() {
            List<Beat> beats = byDuration();
            return beats.isEmpty()
                    ? "nobody was heard"
                    : "%d of %d nodes heard %d times every %d ms; answered after %.1f ms (p50), %.1f (p99), %.1f (p100)"
                            .formatted(
                                    first.size(),
                                    nodes,
                                    beats.size(),
                                    beats.getLast().intervalMs(),
                                    ms(beats, 0.5),
                                    ms(beats, 0.99),
                                    ms(beats, 1));
        }

        private static double ms(List<Beat> beats, double share) {
            return beats.get((int) Math.min(beats.size() - 1L, (long) (beats.size() * share)))
                            .tookNanos()
                    / 1e6;
        }
    }

    private Fleet(int port, int size) {
        this.port = port;
        this.phase = new AtomicReference<>(new Phase(size));
    }

    /** Lets a node join with each of these tokens, all at once. */
    static Fleet joining(int port, List<String> tokens) {
        Fleet fleet = new Fleet(port, tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            int number = i;
            fleet.threads.add(Thread.ofVirtual().start(() -> fleet.live(number, tokens.get(number))));
        }
        return fleet;
    }

    /** {@return what is measured now} */
    Phase now() {
        return phase.get();
    }

    /** Begins to measure anew. {@return what was measured until now} */
    Phase next() {
        return phase.getAndSet(new Phase(threads.size()));
    }

    /** {@return what should not have happened} */
    List<String> troubles() {
        return troubles;
    }

    @Override
    public void close() throws InterruptedException {
        over.countDown();
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    private void live(int number, String token) {
        String name = "made-up-" + number;
        @Nullable PretendedNode node = null;
        Life life = new Life();
        boolean ends = false;
        while (!ends) {
            try (RawClient client = RawClient.connect(port)) {
                node = node == null ? PretendedNode.join(port, name, token) : node;
                report(number, node, client, life);
                ends = true;
            } catch (PretendedNode.RefusedException refused) {
                if (!goesOn(refused, node, name)) {
                    troubles.add(name + ": " + refused.getMessage());
                    return;
                }
            } catch (IOException away) {
                ends = rests(node == null ? 1_000 : node.intervalMs());
            }
        }
    }

    private boolean goesOn(PretendedNode.RefusedException refused, @Nullable PretendedNode node, String name) {
        if (node == null || refused.status() != HTTP_UNKNOWN) {
            return false;
        }
        try (RawClient client = RawClient.connect(port)) {
            node.again(client, name);
        } catch (PretendedNode.RefusedException still) {
            return false;
        } catch (IOException away) {
            return true; // it will try again
        }
        return true;
    }

    /** What a node knows of the phase it is in. */
    private static final class Life {
        private @Nullable Phase heardIn;
        private long generation;
    }

    private void report(int number, PretendedNode node, RawClient client, Life life) throws IOException {
        boolean ends = false;
        while (!ends) {
            long sent = System.nanoTime();
            long assigned = node.beat(client, ++life.generation);
            long interval = life.generation == 1 ? Math.min(assigned, Math.max(1, node.firstMs())) : assigned;
            long answered = System.nanoTime();
            Phase current = phase.get();
            boolean isFirst = !current.equals(life.heardIn);
            life.heardIn = current;
            current.add(new Beat(number, answered, answered - sent, assigned), isFirst);
            ends = isOverWithin(Math.max(0, interval - TimeUnit.NANOSECONDS.toMillis(answered - sent)));
        }
    }

    /** Waits as agents do that hear nothing: some part of the interval, by chance. {@return whether all is over} */
    private boolean rests(long intervalMs) {
        return isOverWithin(ThreadLocalRandom.current().nextLong(1, intervalMs + 1));
    }

    private boolean isOverWithin(long ms) {
        try {
            return over.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
