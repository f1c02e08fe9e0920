package dev.geniehive.it.hive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A running {@code geniehive up}: a process of its own, from the unpacked zip, with a home of its own, on any free port.
 * Configured by a file; unless it says otherwise nothing is discovered and nothing simulated.
 */
final class Hive implements AutoCloseable {
    /** The operator's key of every hive here. */
    static final String ADMIN_KEY = "it-admin-key-0123456789";

    private static final long START_SECONDS = 60;

    private final Process process;
    private final Path home;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CountDownLatch up = new CountDownLatch(1);
    private volatile int port;

    private Hive(Process process, Path home) {
        this.process = process;
        this.home = home;
        Thread.ofVirtual().start(this::listen);
    }

    /**
     * Starts one and waits until it is up.
     *
     * @param folder empty; gets the home and the log
     * @param yaml the configuration file
     * @param flags further flags of {@code up}
     */
    static Hive up(Path distribution, Path folder, String yaml, String... flags) {
        try {
            Path home = Files.createDirectories(folder.resolve("home"));
            Files.writeString(home.resolve("geniehive.yaml"), yaml);
            List<String> command = new ArrayList<>(
                    List.of(distribution.resolve("bin/geniehive").toString(), "up", "--port", "0"));
            command.addAll(List.of(flags));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(folder.resolve("stderr.log").toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("GENIEHIVE_"));
            environment.put("GENIEHIVE_HOME", home.toString());
            environment.put("GENIEHIVE_ADMIN_KEY", ADMIN_KEY);
            environment.put("GENIEHIVE_JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
            Hive hive = new Hive(builder.start(), home);
            hive.awaitUp(folder);
            return hive;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return the configuration for services with these addresses, all of them generic unless said otherwise} */
    static String services(String engine, int... ports) {
        StringBuilder yaml =
                new StringBuilder("agent:\n  name: box\n  discover: false\n  simulator: never\n  services:\n");
        for (int i = 0; i < ports.length; i++) {
            yaml.append("    - { name: e%d, url: \"http://127.0.0.1:%d\", engine: %s }%n"
                    .formatted(i + 1, ports[i], engine));
        }
        return yaml.toString();
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Path home() {
        return home;
    }

    Process process() {
        return process;
    }

    /** {@return what it has printed so far} */
    List<String> output() {
        return List.copyOf(output);
    }

    @Override
    public void close() {
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

    private void awaitUp(Path folder) throws IOException {
        try {
            if (up.await(START_SECONDS, TimeUnit.SECONDS) && port > 0) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IOException("geniehive up did not come up: " + Files.readString(folder.resolve("stderr.log")));
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.strip().startsWith("Listening")) {
                    port = Integer.parseInt(line.replaceFirst(".*:([0-9]+)/v1.*", "$1"));
                }
                if (line.startsWith("Stop it with")) {
                    up.countDown();
                }
            }
        } catch (IOException gone) {
            output.add("(output ended: " + gone.getMessage() + ")");
        } finally {
            up.countDown();
        }
    }
}
