package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A program of the benchmark's own in a process beside it, which listens and says on which ports in its first line. */
final class OwnProgram {
    private static final String LISTENING = "listening ";
    private static final long START_SECONDS = 30;

    private OwnProgram() {}

    /**
     * Starts one; {@link #ports} says when it is there.
     *
     * @param main the class that is started
     * @param options for the JVM
     * @param words what it is told
     */
    static Child start(Class<?> main, List<String> options, List<String> words, Pins pins, Path folder, Guard guard)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.addAll(options);
        command.addAll(List.of("-cp", Objects.requireNonNull(System.getProperty("java.class.path")), main.getName()));
        command.addAll(words);
        return Child.start(pins.wrap(command), Map.of(), folder, guard);
    }

    /** {@return on which it listens} @throws IOException if it does not */
    static List<Integer> ports(Child child) throws IOException, InterruptedException {
        String line = child.line(LISTENING, START_SECONDS);
        return Arrays.stream(line.substring(LISTENING.length()).split(" ", -1))
                .map(Integer::valueOf)
                .toList();
    }
}
