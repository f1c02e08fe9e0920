package dev.geniehive.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void readsABodyOfAToldLength() throws IOException {
        assertThat(body(OK + "Content-Length: 5\r\n\r\nHello")).isEqualTo("Hello");
    }

    @Test
    void readsChunksWithExtensionsAndTrailersHoweverTheyAreCut() throws IOException {
        String answer = OK + "transfer-encoding: Chunked\r\n\r\n3;a=b\r\nHel\r\n2\r\nlo\r\n0\r\nTrailer: x\r\n\r\n";

        for (int buffer = 1; buffer < answer.length(); buffer++) {
            assertThat(body(answer, buffer)).isEqualTo("Hello");
        }
    }

    @Test
    void readsTheStatusAndFieldsInAnyCase() throws IOException {
        Head head = head("HTTP/1.1 404 Not Found\r\nCONNECTION: Close\r\nx: y\r\n\r\n");

        assertThat(head.status()).isEqualTo(404);
        assertThat(head.field("connection")).hasValue("Close");
        assertThat(head.field("conn")).isEmpty();
    }

    @Test
    void refusesWhatEndsEarly() {
        assertThatExceptionOfEarlyEnd(OK + "Content-Length: 6\r\n\r\nHello");
        assertThatExceptionOfEarlyEnd(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n");
        assertThatExceptionOfEarlyEnd(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n");
        assertThatExceptionOfEarlyEnd("HTTP/1.1 200");
    }

    @Test
    void refusesWhatIsNotFramedAsItHasToBe() {
        refused("a body without a length", OK + "\r\nHello");
        refused("goes on after its end", OK + "Transfer-Encoding: chunked\r\n\r\n4\r\nHello\r\n0\r\n\r\n");
        refused("a chunk without a size", OK + "Transfer-Encoding: chunked\r\n\r\nHello");
        refused("a framing that says", OK + "Transfer-Encoding: gzip\r\n\r\n");
        refused("a length that is none", OK + "Content-Length: -1\r\n\r\n");
        refused("no status line", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    private static void assertThatExceptionOfEarlyEnd(String answer) {
        assertThatIOException().isThrownBy(() -> body(answer)).isInstanceOf(EOFException.class);
    }

    private static void refused(String message, String answer) {
        assertThatIOException()
                .isThrownBy(() -> body(answer))
                .isInstanceOf(MalformedException.class)
                .withMessageContaining(message);
    }

    private static String body(String answer) throws IOException {
        return body(answer, 64);
    }

    private static String body(String answer, int buffer) throws IOException {
        Inlet in = inlet(answer, buffer);
        Head head = new Head();
        head.read(in);
        head.status();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long bytes = Body.read(head, in, (piece, offset, length, at) -> body.write(piece, offset, length));
        assertThat(bytes).isEqualTo(body.size());
        assertThat(in.more()).isFalse();
        return body.toString(StandardCharsets.US_ASCII);
    }

    private static Head head(String text) throws IOException {
        Head head = new Head();
        head.read(inlet(text, 16));
        return head;
    }

    private static Inlet inlet(String text, int buffer) {
        return new Inlet(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), buffer);
    }
}
