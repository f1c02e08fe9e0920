package dev.geniehive.it.hive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An engine that others wrote, in a process of its own, with a tiny model that talks nonsense without end. It computes
 * with one thread: several would spend their time waiting for each other.
 */
final class RealEngine implements AutoCloseable {
    /** What every one of them calls its model. */
    static final String MODEL = "tiny-nonsense";

    /** The tokens that one request has. */
    static final int CONTEXT = 8192;

    private static final int SLOTS = 4;
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path log;

    private RealEngine(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts llama.cpp's own server. */
    static RealEngine llamaServer(RealEngines files, Path log, int port, String... flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(files.llamaServer().toString()));
        command.addAll(List.of("--model", files.model().toString(), "--alias", MODEL));
        command.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port), "--threads", "1"));
        command.addAll(List.of("--ctx-size", String.valueOf(CONTEXT * SLOTS), "--parallel", String.valueOf(SLOTS)));
        command.addAll(List.of(flags));
        return start(command, Map.of(), port, log);
    }

    /** Starts llama-cpp-python's server, which has one model, one slot and no way to ask for either. */
    static RealEngine llamaCppPython(RealEngines files, Path log, int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(files.python().toString(), "-m", "llama_cpp.server"));
        command.addAll(List.of("--model", files.model().toString(), "--model_alias", MODEL));
        command.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port), "--n_threads", "1"));
        command.addAll(List.of("--n_threads_batch", "1"));
        command.addAll(List.of("--n_ctx", String.valueOf(CONTEXT), "--interrupt_requests", "False"));
        return start(command, Map.of("LLAMA_CPP_LIB_PATH", files.libraries().toString()), port, log);
    }

    /** {@return a port of the loopback address that nobody listens on} */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** {@return what it has said so far} */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** {@return what it answers at a path, asked directly} */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static RealEngine start(List<String> command, Map<String, String> environment, int port, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        RealEngine engine = new RealEngine(builder.start(), port, log);
        engine.awaitReady();
        return engine;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < START.toNanos()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
            if (answers()) {
                return;
            }
        }
        close();
        throw new IOException("the engine did not start; it said: " + log());
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/v1/models").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
