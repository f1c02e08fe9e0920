package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Which CPUs a process may use, as {@code taskset} takes them.
 *
 * @param cpus for example {@code 2-3}; empty for all
 */
public record Pins(String cpus) {
    public static final Pins NONE = new Pins("");

    /** {@return the first half of this machine's CPUs: for the load} */
    public static Pins firstHalf() {
        return new Pins(range(0, half()));
    }

    /** {@return the second half: for what is measured} */
    public static Pins secondHalf() {
        return new Pins(range(half(), Math.max(2, all())));
    }

    /** {@return whether this machine can do it} */
    public static boolean arePossible() {
        return all() > 1
                && Stream.of("/usr/bin/taskset", "/bin/taskset").anyMatch(file -> Files.isExecutable(Path.of(file)));
    }

    List<String> wrap(List<String> command) {
        if (cpus.isEmpty()) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("taskset", "-c", cpus));
        wrapped.addAll(command);
        return wrapped;
    }

    /** Holds a running process to them, with all its threads. */
    public void hold(long pid) throws IOException, InterruptedException {
        if (!cpus.isEmpty()) {
            Process taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", cpus, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!taskset.waitFor(10, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
                throw new IOException("taskset does not hold process %d to CPUs %s".formatted(pid, cpus));
            }
        }
    }

    private static int all() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static int half() {
        return Math.max(1, all() / 2);
    }

    private static String range(int from, int to) {
        return from == to - 1 ? Integer.toString(from) : "%d-%d".formatted(from, to - 1);
    }
}
