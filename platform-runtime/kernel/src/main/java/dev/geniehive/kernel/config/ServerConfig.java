package dev.geniehive.kernel.config;

import dev.geniehive.api.host.ConfigView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where this process listens, from the section {@code server}.
 *
 * @param host an address or a name of this machine
 * @param port 0 for any that is free
 * @param limits what is taken from clients
 * @param drainTimeout how long running requests may go on after a stop was asked for
 * @param tls plain HTTP if absent
 */
public record ServerConfig(
        String host,
        int port,
        ServerLimits limits,
        Duration drainTimeout,
        @Nullable TlsConfig tls) {
    private static final int MIN_HEADERS_BYTES = 1 << 10;
    private static final int MAX_HEADERS_BYTES = 1 << 20;

    /** {@return 127.0.0.1, port 7833, without TLS} */
    public static ServerConfig defaults() {
        return new ServerConfig("127.0.0.1", 7833, ServerLimits.defaults(), Duration.ofSeconds(30), null);
    }

    /** {@return what the configuration says; what is not acceptable is reported there and reads as its default} */
    public static ServerConfig from(Configuration configuration) {
        ConfigView view = configuration.section("server");
        ServerConfig defaults = defaults();
        return new ServerConfig(
                host(view, defaults),
                number(view, "port", defaults.port, 0, 65_535),
                limits(view, defaults.limits),
                time(view, "drain-timeout", defaults.drainTimeout, true),
                tls(view, configuration.base()).orElse(null));
    }

    /** {@return whether only this machine can connect, as far as the address tells; a name other than localhost does not} */
    public boolean loopbackOnly() {
        return Loopback.isHost(host) || Loopback.isHost("[" + host + "]");
    }

    private static String host(ConfigView view, ServerConfig defaults) {
        String host = view.string("host").orElse(defaults.host);
        if (host.isBlank() || !host.equals(host.strip()) || host.contains("/")) {
            view.reject("host", "expected an address or a host name without a port, was '%s'".formatted(host));
            return defaults.host;
        }
        return host;
    }

    private static ServerLimits limits(ConfigView view, ServerLimits defaults) {
        return new ServerLimits(
                bytes(view, "max-body", defaults.maxBodyBytes(), 1, Long.MAX_VALUE),
                bytes(view, "max-upload", defaults.maxUploadBytes(), 1, Long.MAX_VALUE),
                bytes(view, "body-memory", defaults.bodyMemoryBytes(), 1 << 20, Long.MAX_VALUE),
                (int) bytes(view, "max-headers", defaults.maxHeadersBytes(), MIN_HEADERS_BYTES, MAX_HEADERS_BYTES),
                number(view, "max-connections", defaults.maxConnections(), 1, 1_000_000),
                time(view, "write-timeout", defaults.writeTimeout(), false));
    }

    private static int number(ConfigView view, String key, int fallback, int least, int most) {
        int value = view.integer(key).orElse(fallback);
        if (value < least || value > most) {
            view.reject(key, "must be from %d to %d, was %d".formatted(least, most, value));
            return fallback;
        }
        return value;
    }

    private static long bytes(ConfigView view, String key, long fallback, long least, long most) {
        OptionalLong value = view.bytes(key);
        if (value.isPresent() && (value.getAsLong() < least || value.getAsLong() > most)) {
            view.reject(
                    key,
                    most == Long.MAX_VALUE
                            ? "must be at least %d bytes, was %d".formatted(least, value.getAsLong())
                            : "must be from %d to %d bytes, was %d".formatted(least, most, value.getAsLong()));
            return fallback;
        }
        return value.orElse(fallback);
    }

    private static Duration time(ConfigView view, String key, Duration fallback, boolean mayBeZero) {
        Duration value = view.duration(key).orElse(fallback);
        if (value.isZero() && !mayBeZero) {
            view.reject(key, "must be longer than nothing");
            return fallback;
        }
        return value;
    }

    private static Optional<TlsConfig> tls(ConfigView server, Path base) {
        ConfigView view = server.section("tls");
        Optional<Path> certificate = file(view, "certificate", base);
        Optional<Path> key = file(view, "key", base);
        Optional<Path> clientCa = file(view, "client-ca", base);
        if (certificate.isPresent() && key.isPresent()) {
            return Optional.of(new TlsConfig(certificate.get(), key.get(), clientCa.orElse(null)));
        }
        if (view.string("certificate").isPresent() && view.string("key").isEmpty()) {
            view.reject("key", "is missing; a certificate needs its private key");
        } else if (view.string("certificate").isEmpty()
                && (view.string("key").isPresent() || view.string("client-ca").isPresent())) {
            view.reject("certificate", "is missing; TLS needs a certificate and its private key");
        }
        return Optional.empty();
    }

    private static Optional<Path> file(ConfigView view, String key, Path base) {
        Optional<Path> file = view.string(key).map(base::resolve);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            view.reject(key, "the file '%s' is not there or not readable".formatted(file.get()));
            return Optional.empty();
        }
        return file;
    }
}
