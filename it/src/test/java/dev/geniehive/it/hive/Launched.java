package dev.geniehive.it.hive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that goes on until it is told to stop, or is hit: from the unpacked zip, with a home of its own, on any free
 * port. After its end it can be started again, on the same home and the same port.
 */
class Launched implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 40;

    private final Launch launch;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private volatile Run run;

    /** One life of it. */
    private static final class Run {
        private final Process process;
        private final CountDownLatch greeted = new CountDownLatch(1);
        private volatile int port;

        Run(Process process) {
            this.process = process;
        }
    }

    /**
     * Begins to start it; {@link #awaitUp} waits for its greeting.
     *
     * @param yaml its configuration
     */
    Launched(Launch launch, String yaml) {
        this.launch = launch;
        try {
            Files.createDirectories(launch.home());
            Files.writeString(launch.home().resolve("geniehive.yaml"), yaml);
            this.run = begin(launch.command(true, 0));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Waits until it has greeted. */
    final void awaitUp() {
        Run now = run;
        try {
            if (now.greeted.await(START_SECONDS, TimeUnit.SECONDS) && now.process.isAlive()) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        now.process.destroyForcibly();
        throw new IllegalStateException(
                "geniehive %s did not come up. It said: %s %s".formatted(launch.verb(), output, said()));
    }

    final int port() {
        return run.port;
    }

    final String url() {
        return "http://127.0.0.1:" + port();
    }

    final Path home() {
        return launch.home();
    }

    final Path distribution() {
        return launch.distribution();
    }

    final Process process() {
        return run.process;
    }

    /** {@return what it has printed for programs so far, in all its lives} */
    final List<String> output() {
        return List.copyOf(output);
    }

    /** {@return what it has said to people so far, in all its lives} */
    final String said() {
        try {
            return Files.readString(launch.stderr());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return the command, in a home of its own, with the key of whoever runs the hive} */
    final Command asOperator() {
        try {
            Path elsewhere = Files.createDirectories(launch.folder().resolve("operator"));
            return new Command(distribution(), elsewhere, Map.of("GENIEHIVE_API_KEY", Hive.ADMIN_KEY));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Makes it stand still, as a machine that hangs does: its connections stay open. */
    final void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    final void resume() {
        signal("CONT");
    }

    /** Asks it to stop, and waits until it has. */
    final void stop() {
        run.process.destroy();
        awaitEnd();
    }

    /** Ends it at once, as a crash does. */
    final void kill() {
        run.process.destroyForcibly();
        awaitEnd();
    }

    /** Starts it again, where it was, and waits until it is up. */
    final void again() {
        beginAgain();
        awaitUp();
    }

    /** Starts it again, where it was. */
    final void beginAgain() {
        try {
            run = begin(launch.command(false, port()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Stops it somehow. */
    @Override
    public void close() {
        Process process = run.process;
        if (process.isAlive()) {
            signal("CONT"); // what stands still does not stop
        }
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            if (!run.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("geniehive %s does not end".formatted(launch.verb()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(run.process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IOException("kill -%s said %d".formatted(name, kill.exitValue()));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Run begin(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(launch.stderr().toFile()));
        Map<String, String> environment = builder.environment();
        Distribution.prepare(environment);
        environment.put("GENIEHIVE_HOME", launch.home().toString());
        environment.putAll(launch.environment());
        Run run = new Run(builder.start());
        Thread.ofVirtual().start(() -> listen(run));
        return run;
    }

    private void listen(Run run) {
        try (BufferedReader lines = run.process.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.strip().startsWith("Listening")) {
                    run.port = Integer.parseInt(line.replaceFirst(".*https?://[^/ ]*:([0-9]+).*", "$1"));
                }
                if (line.startsWith("Stop it with")) {
                    run.greeted.countDown();
                }
            }
        } catch (IOException gone) {
            output.add("(output ended: " + gone.getMessage() + ")");
        } finally {
            run.greeted.countDown();
        }
    }
}
