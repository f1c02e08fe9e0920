package dev.geniehive.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this machine is, as far as results depend on it. */
final class Machine {
    private static final long UNKNOWN_FILES = 1024;

    private Machine() {}

    /** {@return lines for the head of a report} */
    static List<String> lines(Options options) {
        return List.of(
                "%s, %d CPUs, %s %s, Java %s"
                        .formatted(
                                model(),
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                Runtime.version()),
                "%d rounds of about %d s%s%s"
                        .formatted(
                                options.rounds(),
                                options.time().toSeconds(),
                                options.pin() ? ", pinned: load on the first half of the CPUs" : ", nothing pinned",
                                options.quick() ? "; a try-out with small sizes, not figures to quote" : ""),
                "at most %,d open files a process".formatted(openFiles()));
    }

    /** {@return how many a process that this one starts may have} */
    static long openFiles() {
        return lines("/proc/self/limits")
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" +", -1)[3])
                .mapToLong(word -> word.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(word))
                .findFirst()
                .orElse(UNKNOWN_FILES);
    }

    private static String model() {
        return lines("/proc/cpuinfo")
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("an unknown processor");
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException notLinux) {
            return Stream.of();
        }
    }
}
