package dev.geniehive.bench.bare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.subject.Target;
import dev.geniehive.bench.upstream.PacedUpstream;
import dev.geniehive.bench.upstream.Steering;
import dev.geniehive.bench.wire.Wire;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ByteRelayTest {
    @Test
    void whatIsAskedThroughItIsAnsweredWhole() throws Exception {
        try (PacedUpstream upstream = PacedUpstream.listening(1, 0);
                ByteRelay relay = ByteRelay.to(upstream.ports().getFirst())) {
            Target target = target(relay);

            Tally whole =
                    Load.closed(target, target.chat(Steering.whole(100_000), false, 0), 3, Duration.ofMillis(200));
            Tally streamed = Load.streams(
                    target, target.chat(Steering.stream(10, 0, 8), true, 0), 10, 20, Duration.ofMillis(50));

            assertThat(whole.failures().counts()).isEmpty();
            assertThat(whole.answers().count()).isGreaterThan(3);
            assertThat(streamed.failures().counts()).isEmpty();
            assertThat(streamed.chunks()).isEqualTo(200);
        }
    }

    @Test
    void theEndOfOneSideIsTheEndOfTheOther() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket engine = new ServerSocket(0, 1, loopback);
                ByteRelay relay = ByteRelay.to(engine.getLocalPort())) {
            Wire client = target(relay).connect(1024);
            Socket asked = engine.accept();
            client.send("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(asked.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
            client.close();
            assertThat(asked.getInputStream().read()).isEqualTo(-1);

            try (Socket patient = new Socket(loopback, relay.port())) {
                engine.accept().close();
                assertThat(patient.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private static Target target(ByteRelay relay) throws Exception {
        return Target.of(URI.create("http://127.0.0.1:" + relay.port()), Optional.empty(), "bench");
    }
}
