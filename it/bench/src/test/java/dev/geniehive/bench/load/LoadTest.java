package dev.geniehive.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.bench.subject.Target;
import dev.geniehive.bench.upstream.PacedUpstream;
import dev.geniehive.bench.upstream.Steering;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source and the sink of load, with nothing in between. */
@Timeout(30)
class LoadTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private PacedUpstream upstream = new PacedUpstream();

    @BeforeEach
    void listen() throws IOException {
        upstream = PacedUpstream.listening(2, 0);
    }

    @AfterEach
    void close() throws IOException {
        upstream.close();
    }

    @Test
    void eachClientAsksAgainWhenItWasAnswered() throws Exception {
        Tally tally = Load.closed(target(), chat(Steering.whole(100_000)), 3, SHORT);

        assertThat(tally.failures().counts()).isEmpty();
        assertThat(tally.answers().count()).isGreaterThan(3);
        assertThat(tally.bytes()).isGreaterThan(tally.answers().count() * 100_000);
    }

    @Test
    void aPauseBeforeARequestIsNoneOfItsTime() throws Exception {
        Duration pause = Duration.ofMillis(150);

        Tally tally = Load.spaced(target(), chat(Steering.whole(10)), pause, SHORT);

        assertThat(tally.failures().counts()).isEmpty();
        assertThat(tally.answers().count()).isBetween(1L, 2L);
        assertThat(tally.answers().micros(10)).isLessThan(pause.toNanos() / 1000.0);
    }

    @Test
    void whoConnectsAnewWantsOneAnswerOfAConnection() throws Exception {
        try (ServerSocket once = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerOnce(once));
            Target target = Target.of(URI.create("http://127.0.0.1:" + once.getLocalPort()), Optional.empty(), "bench");

            Tally tally = Load.closedAnew(target, target.get("/"), SHORT);

            assertThat(tally.failures().counts()).isEmpty();
            assertThat(tally.answers().count()).isGreaterThan(1);
        }
    }

    /** Closes each connection after one answer, without a word before. */
    private static void answerOnce(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                if (client.getInputStream().read(new byte[4096]) > 0) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(US_ASCII));
                }
            } catch (IOException gone) {
                // The next one, or the end.
            }
        }
    }

    @Test
    void theOpenLoopKeepsToItsRate() throws Exception {
        Tally tally = Load.open(target(), chat(Steering.whole(8)), 100, 4, Duration.ofMillis(500));

        assertThat(tally.failures().counts()).isEmpty();
        assertThat(tally.answers().count()).isEqualTo(50);
        assertThat(tally.perSecond(50)).isLessThan(110);
    }

    @Test
    void streamsKeepTheirPaceAndAreCountedWhole() throws Exception {
        byte[] request = target().chat(Steering.stream(10, 10_000, 8), true, 0);

        Tally tally = Load.streams(target(), request, 10, 100, Duration.ofMillis(50));

        assertThat(tally.failures().counts()).isEmpty();
        assertThat(tally.chunks()).isEqualTo(1000);
        assertThat(tally.answers().micros(0)).isGreaterThan(85_000);
        assertThat(tally.firstTokens().count()).isEqualTo(100);
        assertThat(tally.delays().count()).isEqualTo(1000);
    }

    @Test
    void aStreamOfTheWrongLengthIsAFailure() throws Exception {
        byte[] request = target().chat(Steering.stream(10, 0, 8), true, 0);

        Tally tally = Load.streams(target(), request, 11, 1, Duration.ZERO);

        assertThat(tally.failures().counts()).containsOnlyKeys("a stream of 10 chunks for 11, done");
        assertThat(tally.chunks()).isZero();
    }

    @Test
    void whatIsNotFoundOrNotThereIsAFailureAndEnds() throws Exception {
        assertThat(Load.closed(target(), target().get("/nowhere"), 1, SHORT)
                        .failures()
                        .counts())
                .containsOnlyKeys("status 404");
        upstream.close();

        Tally tally = Load.closed(target(), chat(Steering.whole(8)), 2, SHORT);

        assertThat(tally.failures().isEmpty()).isFalse();
        assertThat(tally.answers().count()).isZero();
    }

    @Test
    void heldStreamsAreOpenUntilTheyAreHungUpOn() throws Exception {
        byte[] request = target().chat(Steering.stream(1000, 100_000, 8), true, 0);

        Held held = Held.open(target(), request, 70);
        held.close();

        assertThat(held.failures().counts()).isEmpty();
    }

    private byte[] chat(Steering steering) throws IOException {
        return target().chat(steering, false, 0);
    }

    private Target target() throws IOException {
        return Target.of(URI.create("http://127.0.0.1:" + upstream.ports().getFirst()), Optional.empty(), "bench");
    }
}
