package dev.geniehive.it.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A fake engine in a process of its own, which ends with this one. */
public final class FakeEngineProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private FakeEngineProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one and waits until it listens; see {@link FakeEngine#main} for the arguments. */
    public static FakeEngineProcess start(String... args) throws IOException {
        return startBy(List.of(), args);
    }

    /**
     * Starts one somewhere else and waits until it listens there.
     *
     * @param before the command that starts a program there
     */
    public static FakeEngineProcess startBy(List<String> before, String... args) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeEngine.class.getName(),
                "--with-stdin"));
        Collections.addAll(command, args);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith("listening 127.0.0.1:")) {
            process.destroyForcibly();
            throw new IOException("the fake engine did not start, it said: " + line);
        }
        return new FakeEngineProcess(process, Integer.parseInt(line.substring(line.indexOf(':') + 1)));
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** {@return for signals and questions about its life} */
    public Process process() {
        return process;
    }

    /** Kills it and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
