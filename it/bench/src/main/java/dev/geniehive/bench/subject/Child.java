package dev.geniehive.bench.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that ends with this one at the latest: the guard kills it if nobody else does. */
final class Child implements AutoCloseable {
    private static final int MAX_LINES = 1000;

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_LINES);

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        // Reading a pipe would hold a carrier of the virtual threads, of which there are as many as CPUs.
        Thread.ofPlatform().daemon().start(this::listen);
    }

    /** @param folder gets what it writes to its standard error, and what a JVM leaves behind that crashes */
    static Child start(List<String> command, Map<String, String> environment, Path folder, Guard guard)
            throws IOException {
        Files.createDirectories(folder);
        Path errors = folder.resolve("stderr.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GENIEHIVE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        guard.mind(process.pid());
        return new Child(process, errors);
    }

    long pid() {
        return process.pid();
    }

    /** {@return the first line from now on that holds this word} @throws IOException if it does not come */
    String line(String word, long seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Optional<String> line = Optional.empty();
        while (line.isEmpty()) {
            line = Optional.ofNullable(lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS));
            if (line.isEmpty() || line.get().equals("(ended)")) {
                throw new IOException("'%s' was awaited of %s, which said: %s"
                        .formatted(word, process.info().command().orElse("a process"), complaints()));
            }
            line = line.filter(text -> text.contains(word));
        }
        return line.get();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the end of what it complained about} */
    String complaints() throws IOException {
        String text = Files.readString(errors);
        return text.substring(Math.max(0, text.length() - 2000)).strip();
    }

    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** Asks it to end, and waits until it has. */
    void stop(long seconds) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IOException("it did not end within %d s; it said: %s".formatted(seconds, complaints()));
        }
    }

    /** Kills it: what is measured here has nothing to save. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.offer(line);
            }
        } catch (IOException gone) {
            // Its end is told below.
        }
        lines.offer("(ended)");
    }
}
