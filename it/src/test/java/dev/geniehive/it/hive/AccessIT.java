package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for what. */
class AccessIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"fake-model\",\"messages\":[]}";

    @TempDir
    private static @Nullable Path folder;

    private static @Nullable FakeEngine running;
    private static @Nullable Hive started;

    @BeforeAll
    static void start() {
        Path where = Fixture.present(folder);
        FakeEngine engine = FakeEngine.start(Flavor.OPENAI, Knobs.defaults());
        running = engine;
        started = Hive.up(
                Distribution.unpackTo(where.resolve("dist")),
                where.resolve("box"),
                Hive.services("openai-compatible", engine.port()));
    }

    @AfterAll
    static void stop() {
        Fixture.closeAll(started, running);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:7833", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:7833", "127.1.2.3"})
    void letsProgramsOfThisMachineInWithoutAKey(String host) throws Exception {
        assertThat(ask(host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.168.1.2",
                "[2001:db8::1]"
            })
    void refusesForeignHosts(String host) throws Exception {
        ask(host).refused(401, "authentication_error", "missing_api_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Origin: null", "Origin: http://localhost.evil.example"})
    void refusesPagesOfTheWeb(String origin) throws Exception {
        ask("localhost", origin).refused(401, "authentication_error", "missing_api_key");
    }

    @Test
    void letsPagesOfThisMachineIn() throws Exception {
        assertThat(ask("localhost", "Origin: http://localhost:3000").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "X-Forwarded-Host: localhost",
                "X-Real-IP: 127.0.0.1",
                "Via: 1.1 proxy",
                "CF-Connecting-IP: 127.0.0.1"
            })
    void refusesWhatAProxyHasSent(String header) throws Exception {
        ask("localhost", header).refused(401, "authentication_error", "missing_api_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer gh-client-revoked", "x-api-key: gh-admin-mistyped"})
    void refusesAKeyLikeOursThatNobodyHasEvenWhereNoneIsNeeded(String header) throws Exception {
        ask("localhost", header).refused(401, "authentication_error", "invalid_api_key");
    }

    @Test
    void takesAMadeUpKeyForNone() throws Exception {
        assertThat(ask("localhost", "Authorization: Bearer sk-none").status()).isEqualTo(200);
        ask("evil.example", "Authorization: Bearer sk-none").refused(401, "authentication_error", "missing_api_key");
        ask("localhost", "Authorization: Bearer sk-none", "Origin: https://evil.example")
                .refused(401, "authentication_error", "missing_api_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer " + Hive.ADMIN_KEY, "x-api-key: " + Hive.ADMIN_KEY})
    void letsAKeyInFromAnywhere(String header) throws Exception {
        assertThat(ask("hive.example", header, "Origin: https://hive.example", "X-Forwarded-For: 10.0.0.1")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/cluster/hosts",
                "/v1/cluster/services",
                "/v1/cluster/health",
                "/v1/cluster/plugins",
                "/v1/cluster/routes/resolve?model=fake-model"
            })
    void keepsTheOperatorsRoutesForTheOperator(String path) throws Exception {
        Reply.get(hive(), path).refused(401, "authentication_error", "missing_api_key");
        Reply.get(hive(), path, "Authorization: Bearer wrong").refused(401, "authentication_error", "invalid_api_key");
        assertThat(Reply.getAsOperator(hive(), path).status()).isEqualTo(200);
    }

    @Test
    void saysHowToSendAKey() throws Exception {
        assertThat(Reply.get(hive(), "/v1/cluster/hosts").error().get("message").asText())
                .contains("Authorization: Bearer KEY");
    }

    @Test
    void asksTheWholeNetworkForAKeyAndSaysHowToSendItInTheGreeting(@TempDir Path other) throws Exception {
        FakeEngine engine = Fixture.present(running);
        Path distribution = Distribution.unpackTo(other.resolve("dist"));
        try (Hive open = Hive.up(
                distribution,
                other.resolve("box"),
                Hive.services("openai-compatible", engine.port()),
                "--host",
                "0.0.0.0")) {
            Reply.get(open, "/v1/models").refused(401, "authentication_error", "missing_api_key");
            assertThat(Reply.getAsOperator(open, "/v1/models").status()).isEqualTo(200);
            assertThat(Reply.get(open, "/readyz").status()).isEqualTo(200);
            assertThat(String.join("\n", open.output())).contains("authorization: Bearer");
        }
    }

    private static Reply ask(String host, String... headers) throws Exception {
        return Reply.raw(
                hive(),
                "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
                        .formatted(
                                CHAT,
                                host,
                                BODY.length(),
                                headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n",
                                BODY));
    }

    private static Hive hive() {
        return Fixture.present(started);
    }
}
