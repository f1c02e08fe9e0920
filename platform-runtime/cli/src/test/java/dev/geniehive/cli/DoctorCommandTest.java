package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class DoctorCommandTest {
    private final StringWriter out = new StringWriter();
    private final AnsweringServer server = new AnsweringServer();

    @TempDir
    private Path folder = Path.of("");

    DoctorCommandTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void looksAtAControlPlaneItsMachinesAndOneWordOfEach() throws Exception {
        credentials("rw-------");
        server.on("GET /v1/cluster/health", 200, "{\"status\":\"ok\",\"summary\":\"All well.\",\"problems\":[]}")
                .on("GET /v1/cluster/hosts", 200, """
                        {"data": [{"id": "gone", "status": "lost"}, {"id": "box", "status": "online", "services": [
                          {"status": "healthy", "operations": ["chat"], "models": [{"id": "m", "loaded": true}]}]}]}""")
                .on("POST /v1/node/services/refresh?node=box", 200, "{}")
                .on("POST /v1/chat/completions", 200, "{}");

        Json findings = examine("--url", server.url());

        assertThat(level(findings, "control plane")).isEqualTo("ok");
        assertThat(level(findings, "key")).isEqualTo("ok");
        assertThat(level(findings, "hive")).isEqualTo("ok");
        assertThat(level(findings, "agent")).isEqualTo("ok");
        assertThat(level(findings, "answer")).isEqualTo("ok");
        assertThat(level(findings, "credentials")).isEqualTo("ok");
        assertThat(server.lines()).noneMatch(line -> line.contains("node=gone"));
    }

    @Test
    void findsAWrongKeyAClockThatIsOffAndCredentialsThatAllMayRead() throws Exception {
        credentials("rw-r--r--");
        server.on("GET /livez", 200, "date: Wed, 01 Jan 2020 00:00:00 GMT\r\n", "{\"status\":\"ok\"}")
                .on("GET /v1/cluster/health", 401, "{}");

        Json findings = examine("--url", server.url(), "--no-chat");

        assertThat(level(findings, "key")).isEqualTo("problem");
        assertThat(level(findings, "clock")).isEqualTo("problem");
        assertThat(level(findings, "credentials")).isEqualTo("problem");
        assertThat(run("doctor", "--url", server.url(), "--home", folder.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString()).contains("next: chmod 600").doesNotContain("secret");
    }

    @Test
    void checksAnInvitationAndTheOwnKeyWithoutUsingThem() throws Exception {
        Files.createDirectories(folder.resolve("agent"));
        Files.writeString(
                folder.resolve("agent/control-planes.json"),
                "[{\"url\":\"%s\",\"node_id\":\"box\",\"node_key\":\"ghn-1\",\"nonce\":\"n\"}]"
                        .formatted(server.url()));
        server.on("GET /v1/nodes/token", 401, "{}");

        Json findings = examine("--join", server.url(), "--token", "ght-1");

        assertThat(level(findings, "token")).isEqualTo("problem");
        assertThat(level(findings, "this machine's key")).isEqualTo("problem");
        assertThat(server.lines())
                .contains("authorization: Bearer ght-1", "authorization: Bearer ghn-1")
                .noneMatch(line -> line.startsWith("POST"));
        assertThat(findings.toString()).doesNotContain("ght-1").doesNotContain("ghn-1");
    }

    @Test
    void tellsRefusedFromUnknownFromBabble() throws Exception {
        Web web = new Web();
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Duration deadline = Duration.ofSeconds(3);

        assertThat(web.get("http://127.0.0.1:" + free, "", deadline).trouble()).isEqualTo(Web.Trouble.REFUSED);
        assertThat(web.get("http://no-such-host.invalid", "", deadline).trouble())
                .isEqualTo(Web.Trouble.UNKNOWN_HOST);
        assertThat(web.get("not a url", "", deadline).trouble()).isEqualTo(Web.Trouble.BAD_ADDRESS);
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(web.get("http://127.0.0.1:" + silent.getLocalPort(), "", Duration.ofMillis(200))
                            .trouble())
                    .isEqualTo(Web.Trouble.TIMED_OUT);
        }
    }

    @Test
    void tellsThatSomebodyDoesNotSpeakTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            Thread server = Thread.ofPlatform().start(() -> babble(plain));

            assertThat(new Web()
                            .get("https://127.0.0.1:" + plain.getLocalPort(), "", Duration.ofSeconds(20))
                            .trouble())
                    .isEqualTo(Web.Trouble.TLS);
            server.join();
        }
    }

    private static void babble(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            assertThat(client.getInputStream().read(new byte[10_000])).isPositive();
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void knowsWhoHasAPort() throws Exception {
        PortProbe probe = PortProbe.overSockets();
        try (AnsweringServer stranger = new AnsweringServer(200, "<html>")) {
            assertThat(probe.look("127.0.0.1", server.port())).isEqualTo(PortProbe.Owner.OURS);
            assertThat(probe.look("0.0.0.0", server.port())).isEqualTo(PortProbe.Owner.OURS);
            assertThat(probe.look("127.0.0.1", stranger.port())).isEqualTo(PortProbe.Owner.SOMEBODY_ELSE);
            assertThat(probe.look("192.0.2.1", 7833)).isEqualTo(PortProbe.Owner.NOT_OUR_ADDRESS);
        }
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(probe.look("127.0.0.1", free)).isEqualTo(PortProbe.Owner.FREE);
    }

    @Test
    void findsEnginesThatAnswerWithoutAKeyAndNothingElse() throws Exception {
        try (AnsweringServer engine = new AnsweringServer(200, "{\"data\":[]}");
                AnsweringServer locked = new AnsweringServer(401, "{}");
                AnsweringServer page = new AnsweringServer(200, "<html>")) {
            List<Exposure.Usual> usual = List.of(
                    new Exposure.Usual("one", engine.port(), "bind it"),
                    new Exposure.Usual("two", locked.port(), "bind it"),
                    new Exposure.Usual("three", page.port(), "bind it"));

            assertThat(new Exposure(new Web(), List.of("127.0.0.1"), usual).find())
                    .containsExactly(new Exposure.Open("one", "127.0.0.1", engine.port(), "bind it"));
        }
    }

    private void credentials(String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), "admin-key: secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Json examine(String... flags) {
        List<String> all = new ArrayList<>(List.of("doctor", "--json", "--home", folder.toString()));
        all.addAll(List.of(flags));
        run(all.toArray(String[]::new));
        Json findings = Json.parse(out.toString()).get("data");
        out.getBuffer().setLength(0);
        return findings;
    }

    private static String level(Json findings, String check) {
        return findings.items().stream()
                .filter(finding -> finding.get("check").equals(Json.of(check)))
                .findFirst()
                .flatMap(finding -> finding.get("level").asString())
                .orElse("absent");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        return commandLine.execute(arguments);
    }
}
