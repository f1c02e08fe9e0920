package dev.geniehive.it.hive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks the machine of a hive about itself. */
final class Jcmd {
    private Jcmd() {}

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
