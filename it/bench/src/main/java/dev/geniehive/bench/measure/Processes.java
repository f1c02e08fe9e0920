package dev.geniehive.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes and all that they started, as Linux accounts for them. One that has ended counts nothing.
 *
 * @param roots the process ids
 */
public record Processes(List<Long> roots) {
    /** What one tick of /proc is: Linux tells programs 100 a second, whatever the kernel runs at. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final Path PROC = Path.of("/proc");

    public Processes {
        roots = List.copyOf(roots);
    }

    public static Processes of(Collection<Long> roots) {
        return new Processes(List.copyOf(roots));
    }

    /** {@return the time on CPUs so far, in user and in system mode} */
    public long cpuMicros() {
        return all().mapToLong(Processes::cpuMicros).sum();
    }

    /** {@return the memory that is in RAM; what processes share counts for each} */
    public long residentBytes() {
        return all().mapToLong(Processes::residentBytes).sum();
    }

    private Stream<Long> all() {
        return roots.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .map(ProcessHandle::pid)
                .distinct();
    }

    private static long cpuMicros(long pid) {
        return cpuMicros(read(pid, "stat"));
    }

    /** {@return utime and stime of a line of stat; the name in it may hold blanks and brackets} */
    static long cpuMicros(String stat) {
        int end = stat.lastIndexOf(')');
        if (end < 0) {
            return 0;
        }
        String[] fields = stat.substring(end + 2).split(" ", 15);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    private static long residentBytes(long pid) {
        return residentBytes(read(pid, "status"));
    }

    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file));
        } catch (IOException ended) {
            return "";
        }
    }
}
