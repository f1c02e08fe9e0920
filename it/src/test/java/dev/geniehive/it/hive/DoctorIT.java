package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds: every trouble has a sentence, and what to do about it. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {
    private final Path distribution;
    private final Engines engines = Engines.serving("fake-model", 1);
    private final Hive hive;

    DoctorIT(@TempDir Path folder) {
        distribution = Distribution.unpackTo(folder.resolve("unpacked"));
        hive = Hive.up(distribution, folder.resolve("box"), Engines.yaml("", engines));
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.close();
    }

    @Test
    void findsNothingWhereAllIsWell(@TempDir Path home) throws Exception {
        Command.Ended ended =
                command(home, Map.of("GENIEHIVE_API_KEY", Hive.ADMIN_KEY)).run("doctor", "--json", "--url", hive.url());

        List<JsonNode> others = findings(ended).stream()
                .filter(finding -> !finding.get("level").asText().equals("ok"))
                .filter(finding -> !List.of("port", "exposure")
                        .contains(finding.get("check").asText()))
                .toList(); // what else runs on this machine is not ours to judge
        assertThat(others).as(ended.out()).isEmpty();
        assertThat(ended.out()).contains("\"hive\"", "\"agent\"", "\"clock\"");
    }

    @Test
    void findsAWrongToken(@TempDir Path home) throws Exception {
        Command.Ended ended = command(home, Map.of())
                .run("doctor", "--json", "--join", hive.url(), "--token", "gh-join-made-up-0123456789abcdef");

        assertProblem(ended, "token", hive.url(), "geniehive node invite");
        assertThat(ended.out() + ended.err()).doesNotContain("gh-join-made-up");
    }

    @Test
    void findsAWrongKey(@TempDir Path home) throws Exception {
        Command.Ended ended = command(home, Map.of("GENIEHIVE_API_KEY", "gh-admin-made-up-0123456789"))
                .run("doctor", "--json", "--url", hive.url());

        assertProblem(ended, "key", hive.url(), "credentials");
        assertThat(ended.out() + ended.err()).doesNotContain("gh-admin-made-up");
    }

    @Test
    void findsAControlPlaneThatNobodyReaches(@TempDir Path home) throws Exception {
        Command.Ended ended = command(home, Map.of()).run("doctor", "--json", "--url", "http://127.0.0.1:1");

        assertProblem(ended, "control plane", "http://127.0.0.1:1", "geniehive up");
    }

    @Tag("long")
    @Test
    void findsAServerThatIsNotOurs(@TempDir Path home) throws Exception {
        try (Canned other = Canned.on(loopback(), 0, "", Map.of("/", "{}"))) {
            Command.Ended ended =
                    command(home, Map.of()).run("doctor", "--json", "--url", "http://127.0.0.1:" + other.port());

            assertProblem(ended, "control plane", "not GenieHive", "address and port");
        }
    }

    @Test
    void findsAClockThatIsTenMinutesOff(@TempDir Path home) throws Exception {
        String then = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(Instant.now().plusSeconds(640), ZoneOffset.UTC));
        try (Canned control = Canned.on(
                loopback(),
                0,
                "Date: %s\r\nx-request-id: req_0123456789\r\n".formatted(then),
                Map.of("/livez", "{\"status\": \"ok\"}"))) {
            Command.Ended ended =
                    command(home, Map.of()).run("doctor", "--json", "--url", "http://127.0.0.1:" + control.port());

            assertProblem(ended, "clock", "clock is 10.", "NTP");
        }
    }

    @Test
    void findsAPortThatIsTaken(@TempDir Path home) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, loopback())) {
            Files.writeString(home.resolve("geniehive.yaml"), "server: { port: %d }\n".formatted(taken.getLocalPort()));

            Command.Ended ended = command(home, Map.of()).run("doctor", "--json", "--url", hive.url());

            assertProblem(ended, "port", "127.0.0.1:" + taken.getLocalPort(), "");
        }
    }

    @Test
    void findsAnEngineThatAnswersTheWholeNetworkWithoutAKey(@TempDir Path home) throws Exception {
        InetAddress open = publicAddress();
        List<Integer> usual = List.of(5001, 30_000, 8001, 8081, 1234, 5000);
        try (Canned engine = onOneOf(usual, open)) {
            Command.Ended ended = command(home, Map.of()).run("doctor", "--json", "--url", hive.url());

            assertProblem(ended, "exposure", "%s:%d".formatted(open.getHostAddress(), engine.port()), "");
        }
    }

    @Tag("long")
    @Test
    void findsAMistakeInTheConfiguration(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("geniehive.yaml"), "server: { prot: 1 }\n");

        Command.Ended ended = command(home, Map.of()).run("doctor", "--json", "--url", hive.url());

        assertProblem(ended, "configuration", "prot", "geniehive config validate");
    }

    @Tag("long")
    @Test
    void findsCredentialsThatOthersMayRead(@TempDir Path home) throws Exception {
        Path credentials = Files.writeString(home.resolve("credentials"), "admin-key: %s%n".formatted(Hive.ADMIN_KEY));
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r--r--"));

        Command.Ended ended = command(home, Map.of()).run("doctor", "--json", "--url", hive.url());

        assertProblem(ended, "credentials", credentials.toString(), "chmod 600");
    }

    @Tag("long")
    @Test
    void findsAnEngineThatIsGone(@TempDir Path home, @TempDir Path box) throws Exception {
        try (ServerSocket nobody = new ServerSocket(0, 1, loopback())) {
            int port = nobody.getLocalPort();
            nobody.close();
            try (Hive broken = Hive.up(distribution, box, Hive.services("llamacpp", port))) {
                Command.Ended ended = command(home, Map.of("GENIEHIVE_API_KEY", Hive.ADMIN_KEY))
                        .run("doctor", "--json", "--url", broken.url());

                assertProblem(ended, "hive", "box/e1", "");
            }
        }
    }

    private static void assertProblem(Command.Ended ended, String check, String found, String next) throws IOException {
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(1);
        List<JsonNode> problems = findings(ended).stream()
                .filter(finding -> finding.get("level").asText().equals("problem"))
                .filter(finding -> finding.get("check").asText().equals(check))
                .toList();
        assertThat(problems).as(ended.out()).anySatisfy(problem -> {
            assertThat(problem.get("found").asText()).contains(found);
            assertThat(problem.get("next_step").asText()).isNotBlank().contains(next);
        });
    }

    private static List<JsonNode> findings(Command.Ended ended) throws IOException {
        List<JsonNode> findings = new ArrayList<>();
        new ObjectMapper().readTree(ended.out()).path("data").forEach(findings::add);
        return findings;
    }

    private static Canned onOneOf(List<Integer> ports, InetAddress address) {
        for (int port : ports) {
            try {
                return Canned.on(address, port, "", Map.of("/v1/models", "{\"object\": \"list\", \"data\": []}"));
            } catch (IOException taken) {
                // the next one, then
            }
        }
        return abort("all usual ports are taken on this machine");
    }

    private static InetAddress publicAddress() throws IOException {
        List<InetAddress> all = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        assumeTrue(!all.isEmpty(), "this machine is in no network");
        return all.getFirst();
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    private Command command(Path home, Map<String, String> environment) {
        return new Command(distribution, home, environment);
    }
}
