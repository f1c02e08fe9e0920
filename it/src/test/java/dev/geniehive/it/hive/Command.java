package dev.geniehive.it.hive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code geniehive} command of a distribution, with a home of its own. */
record Command(Path distribution, Path home, Map<String, String> environment) {
    private static final long PATIENCE_SECONDS = 60;

    /**
     * A command that has ended.
     *
     * @param out what it printed for programs
     * @param err what it printed for people
     */
    record Ended(int exitCode, String out, String err) {}

    Command with(String variable, String value) {
        return new Command(distribution, home, Map.of(variable, value));
    }

    /** Runs it and waits for its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(home, "err", ".log");
        List<String> command =
                new ArrayList<>(List.of(distribution.resolve("bin/geniehive").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        Distribution.prepare(builder.environment());
        builder.environment().put("GENIEHIVE_HOME", home.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("geniehive %s does not end".formatted(List.of(arguments)));
        }
        return new Ended(process.exitValue(), out, Files.readString(err));
    }
}
