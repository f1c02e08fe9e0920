package dev.geniehive.jmh;

import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.body.BodyLimits;
import dev.geniehive.kernel.body.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reading and judging the body of a chat, and sending it on with another name for the model. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BodySpeed {
    /** Bytes of prompt. */
    @Param({"100", "10000", "500000"})
    public int prompt;

    private Path spool;
    private Bodies bodies;
    private byte[] bytes;
    private RequestBody read;

    @Setup
    public void prepare() throws IOException {
        spool = Files.createTempDirectory("jmh-spool");
        bodies = new Bodies(spool.resolve("bodies"), BodyLimits.defaults());
        bytes = ("{\"model\": \"qwen\", \"stream\": true, \"max_tokens\": 100, \"messages\": ["
                        + "{\"role\": \"system\", \"content\": \"You are brief.\"}, {\"role\": \"user\", \"content\": \""
                        + "A prompt of many words, with \\\"quotes\\\" and\\n line ends. ".repeat(prompt / 50)
                        + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        read = bodies.json(bytes);
    }

    @Benchmark
    public String scan() {
        try (RequestBody body = bodies.json(bytes)) {
            return body.facts().model();
        }
    }

    @Benchmark
    public long splice() throws IOException {
        try (InputStream in = read.withModel("qwen3-coder-30b-q4_k_m.gguf").open()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @TearDown
    public void close() throws IOException {
        read.close();
        bodies.close();
        Files.deleteIfExists(spool.resolve("bodies"));
        Files.deleteIfExists(spool);
    }
}
