package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(20)
class CommandsTest {
    private static final String CHAT = "POST /v1/chat/completions";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AnsweringServer server = new AnsweringServer();

    @TempDir
    private Path folder = Path.of("");

    CommandsTest() throws IOException {}

    @BeforeEach
    void hasAKey() throws IOException {
        Files.writeString(folder.resolve("credentials"), "admin-key: secret\n");
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void anInvitationIsOneLineToPaste() {
        server.on("POST /v1/cluster/nodes/invite", 201, """
                {"token": "ght-1", "url": "http://control:7833", "expires_at": "2026-01-01T00:15:00Z",
                 "warning": "It listens on loopback only."}""");

        assertThat(run("node", "invite")).isZero();

        assertThat(out.toString()).isEqualTo("geniehive agent --join http://control:7833 --token ght-1\n");
        assertThat(err.toString()).contains("loopback only").contains("2026-01-01T00:15:00Z");
        assertThat(server.lines()).contains("authorization: Bearer secret", "{}");
    }

    @Test
    void anInvitationNamesTheAddressThatLedHereUnlessItIsThisMachine() {
        assertThat(NodeCommand.wanted(Optional.of("http://control.lan:7833")).toString())
                .isEqualTo("{\"url\":\"http://control.lan:7833\"}");
        assertThat(NodeCommand.wanted(Optional.of("http://localhost.lan")).toString())
                .contains("localhost.lan");
        for (String url : List.of("http://localhost:7833", "http://127.0.0.1", "https://[::1]:7833")) {
            assertThat(NodeCommand.wanted(Optional.of(url)).toString()).isEqualTo("{}");
        }
    }

    @Test
    void anInvitationForProgramsIsJson() {
        server.on("POST /v1/cluster/nodes/invite", 201, "{\"token\":\"ght-1\",\"url\":\"http://control:7833\"}");

        assertThat(run("node", "invite", "--json")).isZero();

        assertThat(out.toString()).isEqualTo("{\"token\":\"ght-1\",\"url\":\"http://control:7833\"}\n");
    }

    @Test
    void takesAMachineOutAndIn() {
        server.on("POST /v1/cluster/hosts/box/drain", 200, "{}")
                .on("POST /v1/cluster/hosts/box/resume", 200, "{}")
                .on("POST /v1/cluster/hosts/box/remove", 204, "");

        assertThat(run("hosts", "drain", "box")).isZero();
        assertThat(run("hosts", "resume", "box")).isZero();
        assertThat(run("hosts", "remove", "box")).isZero();
        assertThat(run("hosts", "remove", "other")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("box gets no new requests", "box gets requests again", "no such thing");
    }

    @Test
    void showsMachines() {
        server.on("GET /v1/cluster/hosts", 200, """
                {"data": [{"id": "box", "status": "lost", "last_seen": "2020-01-01T00:00:00Z", "services": [{}],
                  "platform": {"os": "Linux", "cpus": 4, "memory_bytes": 17179869184}}]}""");

        assertThat(run("hosts")).isZero();

        assertThat(out.toString()).containsPattern("box +lost +1 +4 +16.0 GiB +Linux +[0-9]+ days ago");
    }

    @Test
    void showsQueues() {
        server.on("GET /v1/cluster/queues", 200, """
                {"data": [{"name": "review", "priority": 10, "depth": 3, "batch": 1, "max_depth": 64, "oldest_wait_ms": 1500,
                  "served": 7, "refused": 2, "expired": 0, "overflow": {"used": 4}, "hosts": ["gandalf", "saruman"],
                  "keys": ["ci"]}]}""");

        assertThat(run("queues")).isZero();

        assertThat(out.toString())
                .containsPattern("review +10 +3 of 64 +1 +1.5 s +- +7 +2 +0 +4 +gandalf, saruman +ci");
    }

    @Test
    void showsOnlyWhatIsLoaded() {
        server.on("GET /v1/cluster/services", 200, """
                {"data": [{"id": "box/llama", "name": "llama", "host": "box", "engine": "llamacpp", "in_flight": 2,
                  "slots": {"total": 4}, "models": [{"id": "warm", "loaded": true, "context_length": 8192},
                  {"id": "cold", "loaded": false}]}]}""");

        assertThat(run("ps")).isZero();

        assertThat(out.toString())
                .containsPattern("warm +llama +box +llamacpp +2 +4 +8192")
                .doesNotContain("cold");
    }

    @Test
    void statusNamesProblemsAndTheNextStep() {
        server.on("GET /v1/cluster/health", 200, """
                {"status": "degraded", "summary": "1 of 2.",
                 "problems": [{"what": "box is lost.", "since": "2020-01-01T00:00:00Z", "next_step": "Look at box."}]}""");

        assertThat(run("status")).isZero();

        assertThat(out.toString()).contains("degraded", "box is lost.", "next: Look at box.");
    }

    @Test
    void answersOnePromptAsItIsWritten() {
        server.on(CHAT, 200, events("{\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}", "[DONE]"));

        assertThat(run("chat", "model", "Say", "hello")).isZero();

        assertThat(out.toString()).isEqualTo("Hel" + System.lineSeparator());
        assertThat(server.lines())
                .contains(
                        "{\"model\":\"model\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}");
    }

    @Test
    void endsWithTheCodeOfWhatWentWrong() {
        assertThat(run("run", "nope", "Hi")).isEqualTo(ExitCode.NOT_FOUND);
        server.on(CHAT, 401, "{\"error\":{\"message\":\"your key\"}}");
        assertThat(run("chat", "model", "Hi")).isEqualTo(ExitCode.REFUSED);
        server.on(CHAT, 200, events("{\"error\":{\"message\":\"engine gone\",\"status\":504}}", "[DONE]"));
        assertThat(run("chat", "model", "Hi")).isEqualTo(ExitCode.TIMED_OUT);
        server.on(CHAT, 200, events("{\"choices\":[{\"delta\":{\"content\":\"half\"}}]}"));
        assertThat(run("chat", "model", "Hi")).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(err.toString()).contains("no such thing", "your key", "engine gone", "broke off");
    }

    @Test
    void remembersWhatWasSaidAndForgetsWhatFailed() throws Exception {
        List<String> waiting = new ArrayList<>();
        ControlClient client = new ControlClient(server.url(), Optional.empty());
        Conversation conversation = new Conversation(client, "model", waiting::add);
        ChatCommand command = new ChatCommand();
        new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        server.on(
                CHAT,
                200,
                ": waiting for a slot\n\n" + events("{\"choices\":[{\"delta\":{\"content\":\"One\"}}]}", "[DONE]"));

        command.converse(conversation, new BufferedReader(new StringReader("first\n\n/bye\nnever\n")));
        server.on(CHAT, 503, "{}");
        command.converse(conversation, new BufferedReader(new StringReader("fails\n")));
        server.on(CHAT, 200, events("[DONE]"));
        conversation.ask("last", new PrintWriter(out, true));

        assertThat(waiting).containsExactly("waiting for a slot");
        assertThat(server.lines())
                .filteredOn(line -> line.startsWith("{"))
                .last()
                .asString()
                .contains("first", "One", "last")
                .doesNotContain("fails")
                .doesNotContain("never");
    }

    private static String events(String... data) {
        StringBuilder events = new StringBuilder();
        for (String event : data) {
            events.append("data: ").append(event).append("\n\n");
        }
        return events.toString();
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.url(), "--home", folder.toString()));
        return commandLine.execute(all.toArray(String[]::new));
    }
}
