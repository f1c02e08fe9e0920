package dev.geniehive.agent.machine;

import dev.geniehive.protocol.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Linux as its files tell it. A library for all systems tells the same, and costs a quarter of a start and several
 * megabytes for it. Used by one thread; what cannot be read is an {@link UncheckedIOException}.
 */
final class LinuxInstruments implements Machine.Instruments {
    /** Of the columns of a line of {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int COLUMNS = 8;

    private static final int IDLE = 3;
    private static final int IOWAIT = 4;

    private final Path root;
    private final Busyness busyness = new Busyness();

    /** @param root the folder that {@code proc} and {@code etc} lie in */
    LinuxInstruments(Path root) {
        this.root = root;
    }

    /** {@return whether there is something to read} */
    static boolean fits(Path root) {
        return Files.isReadable(root.resolve("proc/stat")) && Files.isReadable(root.resolve("proc/meminfo"));
    }

    @Override
    public Platform platform() {
        return new Platform(
                system(),
                System.getProperty("os.arch"),
                Math.max(1, processors()),
                memoryBytes("MemTotal:").orElse(0));
    }

    @Override
    public OptionalDouble cpuLoad() {
        return busyness.since(ticks());
    }

    @Override
    public OptionalLong memoryAvailableBytes() {
        return memoryBytes("MemAvailable:");
    }

    @Override
    public OptionalLong uptimeSeconds() {
        double seconds =
                Double.parseDouble(words(lines("proc/uptime").getFirst()).getFirst());
        return OptionalLong.of((long) seconds);
    }

    /** {@return for example {@code Debian GNU/Linux 12}} */
    private String system() {
        List<String> lines;
        try {
            lines = lines("etc/os-release");
        } catch (UncheckedIOException unnamed) {
            return "Linux " + System.getProperty("os.version");
        }
        return (value(lines, "NAME=").orElse("Linux") + " "
                        + value(lines, "VERSION_ID=").orElse(""))
                .strip();
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("\"", "").replace("'", ""))
                .findFirst();
    }

    private int processors() {
        return (int) lines("proc/stat").stream()
                .filter(line -> line.startsWith("cpu") && !line.startsWith("cpu "))
                .count();
    }

    private OptionalLong memoryBytes(String key) {
        return lines("proc/meminfo").stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(words(line).get(1)) * 1024)
                .findFirst();
    }

    private Busyness.Ticks ticks() {
        List<String> words = words(lines("proc/stat").getFirst());
        long all = 0;
        for (String count : words.subList(1, Math.min(words.size(), 1 + COLUMNS))) {
            all += Long.parseLong(count);
        }
        long idle = Long.parseLong(words.get(1 + IDLE)) + Long.parseLong(words.get(1 + IOWAIT));
        return new Busyness.Ticks(all, idle);
    }

    private List<String> lines(String file) {
        try {
            List<String> lines = Files.readAllLines(root.resolve(file));
            if (lines.isEmpty()) {
                throw new NoSuchFileException(file, null, "is empty");
            }
            return lines;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
