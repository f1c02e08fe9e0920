package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
    @TempDir
    private Path home;

    @Test
    void isTheDefaultWhereNobodySaidAnything() {
        Configuration configuration = new ConfigFiles(home).load();

        assertThat(ServerConfig.from(configuration)).isEqualTo(ServerConfig.defaults());
        assertThat(AccessConfig.from(configuration).requireKeys()).isEqualTo(AccessConfig.RequireKeys.AUTO);
        assertThatNoException().isThrownBy(configuration::check);
    }

    @Test
    void readsEverything() throws IOException {
        Files.writeString(home.resolve("c.pem"), "");
        Path key = Files.writeString(home.resolve("k.pem"), "");
        Configuration configuration = new ConfigFiles(home).load("""
                        server:
                          host: 0.0.0.0
                          port: 0
                          max-body: 1MiB
                          max-upload: 2MiB
                          body-memory: 3MiB
                          max-headers: 4KiB
                          max-connections: 5
                          write-timeout: 6s
                          drain-timeout: 0s
                          tls: { certificate: c.pem, key: %s }
                        access: { require-keys: true }
                        """.formatted(key));

        assertThat(ServerConfig.from(configuration))
                .isEqualTo(new ServerConfig(
                        "0.0.0.0",
                        0,
                        new ServerLimits(1 << 20, 2 << 20, 3 << 20, 4 << 10, 5, Duration.ofSeconds(6)),
                        Duration.ZERO,
                        new TlsConfig(home.resolve("c.pem"), key, null)));
        assertThat(AccessConfig.from(configuration).requireKeys()).isEqualTo(AccessConfig.RequireKeys.ALWAYS);
        assertThatNoException().isThrownBy(configuration::check);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    server: { port: 65536 }                 | server.port            | must be from 0 to 65535, was 65536
                    server: { port: -1 }                    | server.port            | must be from 0 to 65535, was -1
                    server: { port: 99999999999 }           | server.port            | expected a whole number, was '99999999999'
                    server: { host: "http://x" }            | server.host            | expected an address or a host name without a port, was 'http://x'
                    server: { host: "" }                    | server.host            | expected an address or a host name without a port, was ''
                    server: { max-body: 0B }                | server.max-body        | must be at least 1 bytes, was 0
                    server: { max-headers: 1GiB }           | server.max-headers     | must be from 1024 to 1048576 bytes, was 1073741824
                    server: { max-connections: 0 }          | server.max-connections | must be from 1 to 1000000, was 0
                    server: { write-timeout: 0s }           | server.write-timeout   | must be longer than nothing
                    server: { tls: { client-ca: /etc/hosts } } | server.tls.certificate | is missing; TLS needs a certificate and its private key
                    server: { tls: { certificate: /etc/hosts } } | server.tls.key    | is missing; a certificate needs its private key
                    access: { require-keys: maybe }         | access.require-keys    | expected auto, true or false, was 'maybe'
                    """)
    void refusesWhatMakesNoSense(String yaml, String key, String message) {
        ConfigFiles files = new ConfigFiles(home);
        Configuration configuration = files.load(yaml + "\n");

        ServerConfig server = ServerConfig.from(configuration);
        AccessConfig.from(configuration);

        assertThat(server).isEqualTo(ServerConfig.defaults());
        assertThat(configuration.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.origin().toString()).startsWith(files.file() + ":1:");
        });
    }

    @Test
    void refusesACertificateThatIsNotThere() {
        Configuration configuration =
                new ConfigFiles(home).load("server: { tls: { certificate: nope.pem, key: /etc/hosts } }\n");

        ServerConfig.from(configuration);

        assertThat(configuration.problems())
                .extracting(ConfigProblem::message)
                .containsExactly("the file '%s' is not there or not readable".formatted(home.resolve("nope.pem")));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,true",
        "127.9.9.9,true",
        "localhost,true",
        "::1,true",
        "0.0.0.0,false",
        "::,false",
        "192.168.1.2,false",
        "127.0.0.1.evil.example,false",
        "127.0.0.256,false"
    })
    void tellsWhetherOnlyThisMachineCanConnect(String host, boolean only) {
        ServerConfig defaults = ServerConfig.defaults();

        assertThat(new ServerConfig(host, 0, defaults.limits(), defaults.drainTimeout(), null).loopbackOnly())
                .isEqualTo(only);
    }
}
