package dev.geniehive.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {
    private static final UpstreamRequest REQUEST = new UpstreamRequest(
            "POST", "/v1/x?a=%20", Headers.of("x-a", "b\u00e9", "x-a", "c"), Body.of(new byte[77], "text/plain"));

    private static FrameReader over(byte[] bytes, int length, Random random) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, 0, length);
        return new FrameReader((into, offset, most) -> in.read(into, offset, 1 + random.nextInt(most)), Frame.NOTHING);
    }

    private static Frame frame(FrameType type, byte[] payload) {
        return new Frame(type, payload);
    }

    @Test
    void readsWhatItWrites() throws IOException {
        Opening opening = Opening.of(
                frame(FrameType.OPEN, Opening.of(3, "ll\u00e4ma", REQUEST).payload()));
        assertThat(opening.waiting()).isEqualTo(3);
        assertThat(opening.service()).isEqualTo("ll\u00e4ma");
        assertThat(opening.request().path()).isEqualTo("/v1/x?a=%20");
        assertThat(opening.request().headers()).isEqualTo(REQUEST.headers());
        assertThat(opening.length()).isEqualTo(77);
        assertThat(opening.contentType()).isEqualTo("text/plain");

        ReplyStart head = ReplyStart.of(206, Headers.of("Connection", "close", "X-B", "1", "Content-Length", "5"));
        assertThat(ReplyStart.of(frame(FrameType.HEAD, head.payload())))
                .isEqualTo(new ReplyStart(206, Headers.of("X-B", "1", "Content-Length", "5")));

        Refusal refusal = new Refusal(Failure.BUSY, false, "no room \u2014 later");
        assertThat(Refusal.of(frame(FrameType.REFUSED, refusal.payload()))).isEqualTo(refusal);
        Refusal long_ = new Refusal(Failure.BROKEN, true, "\u20ac".repeat(9000));
        assertThat(Refusal.of(frame(FrameType.ABORT, long_.payload())).message())
                .hasSize(2000);
    }

    @Test
    void takesNoHeadThatIsTooLarge() {
        UpstreamRequest large = new UpstreamRequest("GET", "/", Headers.of("a", "x".repeat(97 << 10)), Body.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Opening.of(0, "llama", large).payload());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, there is no frame of type 0",
        "10, 0, there is no frame of type 10",
        "2, 16385, 'a frame DATA has 16385 bytes, and at most 16384 are allowed'",
        "1, 98305, 'a frame OPEN has 98305 bytes, and at most 98304 are allowed'",
        "7, 1, 'a frame PING has 1 bytes, and at most 0 are allowed'",
        "2, 0, a frame DATA is empty"
    })
    void refusesFramesThatAreNotOurs(int code, int length, String why) {
        byte[] header = {(byte) code, (byte) (length >> 16), (byte) (length >> 8), (byte) length};

        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> over(header, 4, new Random(1)).next())
                .withMessage(why);
    }

    @Test
    void readsFramesHoweverTheyAreCutAndSeesWhereTheStreamEnds() throws IOException {
        Random random = new Random(20261122);
        for (int round = 0; round < 300; round++) {
            FrameBuffer out = new FrameBuffer(16);
            byte[] data = new byte[1 + random.nextInt(FrameType.DATA.maxBytes())];
            random.nextBytes(data);
            out.put(FrameType.DATA, data, 0, data.length);
            out.put(FrameType.END, Frame.NOTHING, 0, 0);
            FrameReader whole = over(out.bytes(), out.length(), random);
            Frame first = Objects.requireNonNull(whole.next());
            Frame second = Objects.requireNonNull(whole.next());

            assertThat(Arrays.equals(first.payload(), data)).isTrue();
            assertThat(second.type()).isEqualTo(FrameType.END);
            assertThat(whole.next()).isNull();

            FrameReader cut = over(out.bytes(), 1 + random.nextInt(data.length + 3), random);
            assertThatExceptionOfType(EOFException.class).isThrownBy(cut::next);
        }
    }

    /** Whatever comes, it is read or refused by name; nothing else is thrown. */
    @Test
    void neverStumblesOverGarbage() {
        Random random = new Random(7);
        byte[] good = Opening.of(1, "llama", REQUEST).payload();
        byte[] head = ReplyStart.of(200, Headers.of("a", "b")).payload();
        byte[] refusal = new Refusal(Failure.BUSY, true, "later").payload();
        int read = 0;
        for (int round = 0; round < 30_000; round++) {
            byte[] origin = round % 3 == 0 ? good : round % 3 == 1 ? head : refusal;
            byte[] bytes = Arrays.copyOf(origin, 1 + random.nextInt(origin.length + 3));
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                switch (round % 3) {
                    case 0 -> Opening.of(frame(FrameType.OPEN, bytes));
                    case 1 -> ReplyStart.of(frame(FrameType.HEAD, bytes));
                    default -> Refusal.of(frame(FrameType.REFUSED, bytes));
                }
                read++;
            } catch (MalformedFrameException e) {
                assertThat(e.why()).isNotBlank();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void cutsGarbageIntoFramesOrRefusesIt() {
        Random random = new Random(11);
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 2) {
                bytes[0] = (byte) random.nextInt(11);
                bytes[1] = 0;
            }
            FrameReader reader = over(bytes, bytes.length, random);
            try {
                while (reader.next() != null) {}
            } catch (MalformedFrameException | EOFException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
