package dev.geniehive.it.hive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Asks the machine of a hive about itself. */
final class Jcmd {
    /** Of each space of the heap; what is said of classes has no total. */
    private static final Pattern USED = Pattern.compile("total .*used (\\d+)K");

    private Jcmd() {}

    /** {@return what is left of its heap after a full collection, in KiB} */
    static long liveKilobytes(Launched hive) throws IOException, InterruptedException {
        of(hive, "GC.run");
        String said = of(hive, "GC.heap_info");
        return USED.matcher(said)
                .results()
                .mapToLong(space -> Long.parseLong(space.group(1)))
                .sum();
    }

    /** {@return what it says to a diagnostic command} */
    static String of(Launched hive, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(hive.process().pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd %s failed: %s".formatted(command, said));
        }
        return said;
    }
}
