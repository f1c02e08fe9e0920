package dev.geniehive.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a JVM, asked for with {@code jcmd}. */
public final class Heap {
    /** G1 and ZGC print one line of it, Serial and Parallel one a generation; metaspace is not heap. */
    private static final Pattern USED = Pattern.compile("(?m)^(?!\\s*(?:Metaspace|class space)).*\\bused (\\d+)K");

    private Heap() {}

    /** {@return what is used after a full collection; nothing if the process is no JVM} */
    public static OptionalLong liveBytes(long pid) throws InterruptedException {
        if (!isJava(pid)) {
            return OptionalLong.empty();
        }
        try {
            jcmd(pid, "GC.run");
            return used(jcmd(pid, "GC.heap_info"));
        } catch (IOException none) {
            return OptionalLong.empty();
        }
    }

    /** Asking begins with a signal that ends other programs. */
    private static boolean isJava(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/java"))
                .isPresent();
    }

    static OptionalLong used(String info) {
        Matcher matcher = USED.matcher(info);
        long bytes = 0;
        while (matcher.find()) {
            bytes += Long.parseLong(matcher.group(1)) * 1024;
        }
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        String home = Objects.requireNonNull(System.getProperty("java.home"));
        Process process = new ProcessBuilder(
                        List.of(Path.of(home, "bin", "jcmd").toString(), Long.toString(pid), command))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd %s: %s".formatted(command, said));
        }
        return said;
    }
}
