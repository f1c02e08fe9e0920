package dev.geniehive.kernel.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UpstreamRequestTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @Test
    void writesWhatIsAskedAndNothingElse() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(peer -> {
                    seen.add(peer.head());
                    seen.add(peer.body(7));
                    peer.say(OK);
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            Target target =
                    Target.of("box/engine", URI.create(server.uri() + "/base/")).withKey("secret");
            Headers headers = Headers.of(
                    "X-One",
                    "1",
                    "Host",
                    "evil",
                    "Transfer-Encoding",
                    "chunked",
                    "Authorization",
                    "Bearer client",
                    "Expect",
                    "100-continue",
                    "Connection",
                    "close",
                    "X-Two",
                    "a\tb");

            upstreams
                    .to(target)
                    .send(new UpstreamRequest(
                            "POST", "/v1/chat?a=b", headers, Body.of("{\"a\":1}".getBytes(UTF_8), "application/json")))
                    .close();

            assertThat(seen)
                    .containsExactly(
                            "POST /base/v1/chat?a=b HTTP/1.1\r\nhost: 127.0.0.1:" + server.port()
                                    + "\r\naccept-encoding: identity\r\nauthorization: Bearer secret\r\nx-one: 1\r\n"
                                    + "x-two: a\tb\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n",
                            "{\"a\":1}");
        }
    }

    @Test
    void saysTheLengthOfAnEmptyBodyWhereOneIsExpected() {
        RequestHead head = new RequestHead(Target.of("e", URI.create("http://h")));

        assertThat(new String(head.of(UpstreamRequest.post("/x", Body.empty())), UTF_8))
                .endsWith("content-length: 0\r\n\r\n");
        assertThat(new String(head.of(UpstreamRequest.get("/x")), UTF_8)).doesNotContain("content-length");
    }

    @Test
    void neverWritesLineEndsOfOthers() {
        RequestHead head = new RequestHead(Target.of("e", URI.create("http://h")));
        byte[] bytes = new byte[1];

        for (String value : List.of("a\r\nx: y", "a\u010d\u010ax: y", "a\u0000b", "a\u2028b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> head.of(UpstreamRequest.post("/", Body.of(bytes, value))));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        head.of(new UpstreamRequest("GET", "/", Headers.of("x-a", "\u010d\u010ay: z"), Body.empty())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_000, 16_384, 16_385, 65_536, 65_537, 3_000_000})
    void sendsBodiesOfAnySize(int size) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        String text = "0123456789abcdef".repeat(size / 16 + 1).substring(0, size);
        try (RawServer server = new RawServer(peer -> {
                    for (String head; (head = peer.head()) != null; ) {
                        assertThat(head).contains("content-length: " + size + "\r\n");
                        seen.add(peer.body(size));
                        peer.say(OK);
                    }
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            Body body = Body.of(text.getBytes(UTF_8), "text/plain");
            for (int i = 0; i < 2; i++) {
                UpstreamReply reply = upstreams.to(server.target()).send(UpstreamRequest.post("/up", body));
                assertThat(reply.status()).isEqualTo(200);
            }

            assertThat(seen).hasSize(2).allMatch(text::equals);
        }
    }

    @Test
    void hidesTheKey() {
        Target target = Target.of("e", URI.create("http://h")).withKey("hush");

        assertThat(target.toString()).doesNotContain("hush").contains("***");
        try (Upstreams upstreams = Upstreams.overSockets()) {
            assertThat(upstreams.to(target).toString()).doesNotContain("hush");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h",
                "http://me:hush@h",
                "http:///x",
                "http://h/?k=hush",
                "http://h/#hush",
                "http://h:0",
                "http://h:70000",
                "relative"
            })
    void refusesAddressesThatAreNoBaseAndDoesNotRepeatThem(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of("e", URI.create(address)))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    }

    @Test
    void readsEndpoints() {
        List<String> hosts = new ArrayList<>();
        for (String address : List.of(
                "http://Box", "https://box/v1", "http://[::1]:80/", "http://[::1]:81", "http://my_box:8080/x")) {
            hosts.add(Endpoint.of(URI.create(address)).hostHeader());
        }

        assertThat(hosts).containsExactly("box", "box", "[::1]", "[::1]:81", "my_box:8080");
        assertThat(Endpoint.of(URI.create("https://box"))).isEqualTo(new Endpoint(true, "box", 443));
    }
}
