package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paced upstream as a process of its own, which also minds the other processes: it sees this one end. */
public final class UpstreamProcess implements AutoCloseable {
    private static final Pattern NANOS = Pattern.compile("\"nanos\":([0-9]+)");
    private static final int CLOCK_CHECKS = 20;

    private final Child child;
    private final List<Integer> ports;

    private UpstreamProcess(Child child, List<Integer> ports) {
        this.child = child;
        this.ports = ports;
    }

    /**
     * Starts one.
     *
     * @param main the class that is started, with {@code upstream PORTS FIRST}
     */
    public static UpstreamProcess start(Class<?> main, int ports, int firstPort, Pins pins, Path folder)
            throws IOException, InterruptedException {
        List<String> words = List.of("upstream", Integer.toString(ports), Integer.toString(firstPort));
        Child child = OwnProgram.start(main, List.of("-XX:+UseSerialGC", "-Xms256m"), words, pins, folder, pid -> {});
        return new UpstreamProcess(child, OwnProgram.ports(child));
    }

    public List<Integer> ports() {
        return ports;
    }

    /** Has it killed when this process ends, however it ends. */
    void mind(long pid) throws IOException {
        child.tell(Long.toString(pid));
    }

    /**
     * {@return when the upstream saw a stream closed}
     *
     * @param id what its steering said
     */
    public long closedNanos(long id) throws IOException {
        return nanos("/bench/closed/" + id);
    }

    /**
     * Makes sure that the upstream's clock is this process's clock. It is on Linux, where both read CLOCK_MONOTONIC.
     *
     * @throws IOException if not: then no stamp means anything
     */
    public void checkClock() throws IOException {
        for (int i = 0; i < CLOCK_CHECKS; i++) {
            long before = System.nanoTime();
            long there = nanos("/bench/clock");
            long after = System.nanoTime();
            if (there < before || there > after) {
                throw new IOException(
                        "The clocks of two processes differ here: %d is not between %d and %d. Stamps need Linux's CLOCK_MONOTONIC."
                                .formatted(there, before, after));
            }
        }
    }

    @Override
    public void close() {
        child.close();
    }

    private long nanos(String path) throws IOException {
        String text = Http.get(Target.local(ports.getFirst()), path).orFail(path);
        Matcher matcher = NANOS.matcher(text);
        if (!matcher.find()) {
            throw new IOException("%s was answered without a time: %s".formatted(path, text));
        }
        return Long.parseLong(matcher.group(1));
    }
}
