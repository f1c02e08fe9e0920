package dev.geniehive.bench.subject;

import dev.geniehive.bench.upstream.Steering;
import dev.geniehive.bench.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where requests go.
 *
 * @param prefix of all paths, without a slash at its end; mostly empty
 * @param key sent with each request. Never printed
 * @param model what the upstream's model is called there
 */
public record Target(InetSocketAddress address, String prefix, Optional<String> key, String model) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Target local(int port) {
        return new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "", Optional.empty(), "bench");
    }

    /**
     * {@return what somebody else listens at}
     *
     * @param uri without a slash at its end
     */
    public static Target of(URI uri, Optional<String> key, String model) throws UnknownHostException {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Target(
                new InetSocketAddress(InetAddress.getAllByName(uri.getHost())[0], port),
                Objects.requireNonNullElse(uri.getPath(), ""),
                key,
                model);
    }

    /** {@return the same for somebody else} */
    public Target with(String newKey) {
        return new Target(address, prefix, Optional.of(newKey), model);
    }

    /**
     * {@return the bytes of a chat}
     *
     * @param padding further characters in the question
     */
    public byte[] chat(Steering steering, boolean stream, int padding) {
        return request("POST", "/v1/chat/completions", steering.chat(model, stream, "x".repeat(padding)));
    }

    public byte[] get(String path) {
        return request("GET", path, "");
    }

    public byte[] post(String path, String json) {
        return request("POST", path, json);
    }

    private byte[] request(String method, String path, String body) {
        String fields = body.isEmpty()
                ? ""
                : "Content-Type: application/json\r\nContent-Length: %d\r\n".formatted(body.length());
        String authorization =
                key.map(word -> "Authorization: Bearer %s\r\n".formatted(word)).orElse("");
        return "%s %s%s HTTP/1.1\r\nHost: %s:%d\r\nAccept: */*\r\n%s%s\r\n%s"
                .formatted(method, prefix, path, host(), address.getPort(), authorization, fields, body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    public Wire connect(int bufferBytes) throws IOException {
        return Wire.connect(address, bufferBytes, PATIENCE);
    }

    /** {@return a connection that soon takes no more if nobody reads} */
    public Wire connectNarrow(int bufferBytes) throws IOException {
        return Wire.narrow(address, bufferBytes, PATIENCE);
    }

    @Override
    public String toString() {
        return "http://%s:%d%s".formatted(host(), address.getPort(), prefix);
    }

    private String host() {
        return address.getAddress().getHostAddress();
    }
}
