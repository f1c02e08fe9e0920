package dev.geniehive.kernel.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.upstream.ScriptedStream.Ending;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ReplyParsingTest {
    private final Upstreams upstreams = Upstreams.overSockets();

    @AfterEach
    void close() {
        upstreams.close();
    }

    private UpstreamReply reply(String method, ScriptedStream stream) throws InterruptedException {
        return upstreams
                .to(Target.of("box/engine", URI.create("http://fake")), (endpoint, timeout) -> stream)
                .send(new UpstreamRequest(method, "/x?secret=1", Headers.NONE, Body.empty()));
    }

    private static ScriptedStream says(Ending ending, String... pieces) {
        List<byte[]> bytes = new ArrayList<>();
        for (String piece : pieces) {
            bytes.add(piece.getBytes(ISO_8859_1));
        }
        return new ScriptedStream(bytes, ending);
    }

    private String body(ScriptedStream stream) throws InterruptedException, IOException {
        return body("GET", stream);
    }

    private String body(String method, ScriptedStream stream) throws InterruptedException, IOException {
        try (UpstreamReply reply = reply(method, stream)) {
            return new String(reply.body().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void readsStatusAndHeadersAsTheyCame() throws Exception {
        UpstreamReply reply = reply(
                "GET", says(Ending.SILENT, "HTTP/1.1 418 \r\nA: 1\r\na:\t 2 \t\r\nB:\r\nContent-Length: 0\r\n\r\n"));

        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.headers()).isEqualTo(Headers.of("A", "1", "a", "2", "B", "", "Content-Length", "0"));
    }

    /** What waits for an engine holds nothing back by it: so nothing may count that could still have to be waited for. */
    @Test
    void onlyBytesThatAreHereAreAvailable() throws Exception {
        UpstreamReply sized =
                reply("GET", says(Ending.SILENT, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "de"));
        assertThat(sized.body().available()).isEqualTo(3);
        assertThat(sized.body().read(new byte[8])).isEqualTo(3);
        assertThat(sized.body().available()).isZero();
        assertThat(sized.body().read(new byte[8])).isEqualTo(2);
        assertThat(sized.body().available()).isZero();

        UpstreamReply chunked =
                reply("GET", says(Ending.SILENT, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2"));
        assertThat(chunked.body().available()).isZero();
        assertThat(chunked.body().read(new byte[8])).isEqualTo(3);
        assertThat(chunked.body().available()).isZero();
    }

    @Test
    void readsBodiesOfEveryFraming() throws Exception {
        assertThat(body(says(Ending.SILENT, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")))
                .isEqualTo("abc");
        assertThat(body(says(Ending.SILENT, "HTTP/1.1 200\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc")))
                .isEqualTo("abc");
        assertThat(body(says(
                        Ending.SILENT,
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n",
                        "3;a=b\r\nabc\r\n00A \t;x\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n")))
                .isEqualTo("abc0123456789");
        assertThat(body(says(Ending.CLOSED, "HTTP/1.1 200 OK\r\n\r\nabc", "def")))
                .isEqualTo("abcdef");
        assertThat(body(says(Ending.CLOSED, "HTTP/1.0 200 OK\r\n\r\nabc"))).isEqualTo("abc");
    }

    @Test
    void knowsWhichRepliesHaveNoBody() throws Exception {
        String head = "\r\nContent-Length: 5\r\n\r\n";
        assertThat(body(says(Ending.SILENT, "HTTP/1.1 204 No" + head))).isEmpty();
        assertThat(body(says(Ending.SILENT, "HTTP/1.1 304 No" + head))).isEmpty();
        assertThat(body("HEAD", says(Ending.SILENT, "HTTP/1.1 200 OK" + head))).isEmpty();
    }

    @Test
    void skipsInterimRepliesButNotForEver() throws Exception {
        String interim = "HTTP/1.1 100 Continue\r\nX: y\r\n\r\n";
        String end = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

        assertThat(body(says(Ending.SILENT, interim.repeat(16) + end))).isEqualTo("ok");
        refuses("interim", interim.repeat(17) + end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.2 200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 600 OK\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "<html>no</html>\r\n\r\n",
                "HTTP/1.1 200 OK\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u0000c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n\tfolded: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nÄ: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            })
    void refusesHeadsThatAreNotHttp(String head) {
        refuses("", head);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n",
                "\r\n",
                "-1\r\n",
                "+1\r\n",
                " 1\r\n",
                "1 \r\n",
                "0x1\r\n",
                "1 1\r\n",
                "1234567890123456\r\n",
                "1\na\r\n",
                "1\r\naX\r\n",
                "1\r\na\n0\r\n\r\n",
                "1\r\nab\r\n0\r\n\r\n",
                "0\r\nbad trailer: x\r\n\r\n",
                "0\r\n folded: x\r\n\r\n",
                "0\r\nx: y\n\r\n",
            })
    void refusesChunksThatAreNotHttp(String chunks) throws Exception {
        ScriptedStream stream = says(Ending.SILENT, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        UpstreamReply reply = reply("GET", stream);

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> reply.body().readAllBytes())
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.MALFORMED));
        assertThat(stream.closed()).isTrue();
    }

    @Test
    void keepsToItsLimits() throws Exception {
        String start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

        assertThat(body(says(Ending.SILENT, start + "A: " + "x".repeat(16_384 - 3) + "\r\n\r\n")))
                .isEmpty();
        refuses("longer than 16384", start + "A: " + "x".repeat(16_384 - 2) + "\r\n\r\n");
        refuses("longer than 16384", start + "A: " + "x".repeat(100_000));
        assertThat(body(says(Ending.SILENT, start + "A: x\r\n".repeat(199) + "\r\n")))
                .isEmpty();
        refuses("200 lines", start + "A: x\r\n".repeat(200) + "\r\n");
        refuses("65536 bytes", start + ("A: " + "x".repeat(8000) + "\r\n").repeat(9) + "\r\n");
        refusesBody("longer than 1024", chunked + "1;" + "x".repeat(1030) + "\r\na\r\n");
        refusesBody("200 lines", chunked + "0\r\n" + "A: x\r\n".repeat(201) + "\r\n");
    }

    private void refuses(String words, String head) {
        ScriptedStream stream = says(Ending.SILENT, head);

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> reply("GET", stream))
                .withMessageStartingWith("box/engine sent a reply to GET /x that cannot be read: ")
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.MALFORMED))
                .satisfies(e -> assertThat(e.sent()).isTrue());
        assertThat(stream.closed()).isTrue();
        assertThat(upstreams.pools()).allMatch(pool -> pool.live() == pool.idle());
    }

    private void refusesBody(String words, String text) throws InterruptedException {
        UpstreamReply reply = reply("GET", says(Ending.SILENT, text));

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> reply.body().readAllBytes())
                .withMessageContaining(words);
    }

    @Test
    void tellsBrokenRepliesFromWholeOnes() throws Exception {
        for (Ending ending : List.of(Ending.CLOSED, Ending.RESET)) {
            UpstreamReply sized = reply("GET", says(ending, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"));
            assertThat(sized.body().readNBytes(3)).asString().isEqualTo("abc");
            breaks(Failure.BROKEN, sized);
            UpstreamReply chunked =
                    reply("GET", says(ending, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
            breaks(Failure.BROKEN, chunked);
        }
        breaks(Failure.BROKEN, reply("GET", says(Ending.RESET, "HTTP/1.1 200 OK\r\n\r\nabc")));
        breaks(Failure.IDLE_TIMED_OUT, reply("GET", says(Ending.SILENT, "HTTP/1.1 200 OK\r\n\r\nabc")));
    }

    private static void breaks(Failure failure, UpstreamReply reply) {
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> reply.body().readAllBytes())
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
        }
    }

    @Test
    void returnsWhatIsThereWithoutWaitingForMore() throws Exception {
        ScriptedStream stream = says(
                Ending.SILENT,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n",
                "3\r\nd",
                "ef\r\n0\r\n\r\n");
        UpstreamReply reply = reply("GET", stream);
        byte[] buffer = new byte[8192];

        List<String> reads = new ArrayList<>();
        for (int count; (count = reply.body().read(buffer)) >= 0; ) {
            reads.add(new String(buffer, 0, count, ISO_8859_1));
        }

        assertThat(reads).containsExactly("abc", "d", "ef");
        assertThat(stream.reads()).isEqualTo(3);
        assertThat(stream.closed()).isFalse();
    }

    @Test
    void deliversWhatCameBeforeABrokenChunk() throws Exception {
        UpstreamReply reply = reply(
                "GET", says(Ending.SILENT, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n!\r\n"));
        byte[] buffer = new byte[100];

        assertThat(reply.body().read(buffer)).isEqualTo(1);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> reply.body().read(buffer))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.MALFORMED));
    }
}
