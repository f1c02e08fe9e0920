package dev.geniehive.control.gateway;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The scan of a stream, per event of a usual size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SseScanSpeed {
    private static final int EVENTS = 1000;
    private static final String EVENT =
            "data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"qwen\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"finish_reason\":null}]}\n\n";

    private final byte[] stream = (EVENT.repeat(EVENTS) + "data: [DONE]\n\n").getBytes(StandardCharsets.UTF_8);
    private final byte[] buffer = new byte[8192];

    /** Finding where events end and what they are. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int scan() {
        SseScan scan = new SseScan();
        int ends = 0;
        for (int at = 0; at < stream.length; ends++) {
            at = scan.eventEnd(stream, at, stream.length);
        }
        return ends;
    }

    /** The same as it happens to a stream, with its copies. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long relay() {
        EventStream events = new EventStream(new ByteArrayInputStream(stream), "box/a");
        events.first();
        long bytes = 0;
        for (int count = 0; count >= 0; count = events.read(buffer, 0, buffer.length)) {
            bytes += count;
        }
        return bytes;
    }
}
