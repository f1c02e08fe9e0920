package dev.geniehive.bench.upstream;

import dev.geniehive.bench.wire.StampReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Writes a streamed answer: each chunk is one event, one HTTP chunk, one write, and holds the time of that write. */
final class ChunkWriter {
    private static final byte[] HEAD = ascii("""
            HTTP/1.1 200 OK\r
            content-type: text/event-stream\r
            cache-control: no-cache\r
            transfer-encoding: chunked\r
            \r
            """);
    private static final byte[] LAST = ascii(chunk("""
                    data: {"id":"b","object":"chat.completion.chunk","created":1,"model":"bench",\
                    "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                    data: [DONE]

                    """) + "0\r\n\r\n");
    private static final String ZEROS = "0".repeat(StampReader.DIGITS);

    private final byte[] chunk;
    private final int stampEnd;

    ChunkWriter(int bytes) {
        String event = """
                data: {"id":"b","object":"chat.completion.chunk","created":1,"model":"bench",\
                "choices":[{"index":0,"delta":{"content":"%s%s %s"},"finish_reason":null}]}

                """.formatted(StampReader.MARK, ZEROS, "x".repeat(bytes));
        String whole = chunk(event);
        this.chunk = ascii(whole);
        this.stampEnd = whole.indexOf(StampReader.MARK) + StampReader.MARK.length() + StampReader.DIGITS;
    }

    /** Writes all of it, at its pace; a client that does not read holds it up. */
    void write(Steering steering, OutputStream out) throws IOException, InterruptedException {
        out.write(HEAD);
        long start = System.nanoTime();
        for (int i = 0; i < steering.chunks(); i++) {
            if (steering.paceMicros() > 0 && i > 0) {
                TimeUnit.NANOSECONDS.sleep(start + i * steering.paceMicros() * 1000 - System.nanoTime());
            }
            stamp(System.nanoTime());
            out.write(chunk);
        }
        out.write(LAST);
    }

    private void stamp(long nanos) {
        long left = nanos;
        for (int i = stampEnd - 1; i >= stampEnd - StampReader.DIGITS; i--) {
            chunk[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private static String chunk(String content) {
        return "%x\r\n%s\r\n".formatted(content.length(), content);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
