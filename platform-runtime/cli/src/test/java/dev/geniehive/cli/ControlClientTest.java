package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class ControlClientTest {
    @Test
    void showsItsKeyAndReadsTheAnswer() throws Exception {
        try (AnsweringServer server = new AnsweringServer(200, "{\"a\":1}")) {
            Json json = client(server).get("/v1/models?x=" + ControlClient.encode("a b/c"));

            assertThat(json.toString()).isEqualTo("{\"a\":1}");
            assertThat(server.lines())
                    .contains("GET /v1/models?x=a+b%2Fc HTTP/1.1")
                    .contains("authorization: Bearer secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"400,1", "401,4", "403,4", "404,3", "409,7", "429,1", "500,1", "502,1", "503,1", "504,6"})
    void endsWithACodeThatTellsWhy(int status, int code) throws IOException {
        CommandFailure failure = failure(status, "{\"error\":{\"message\":\"because\"}}");

        assertThat(failure).hasMessage("because");
        assertThat(failure.exitCode()).isEqualTo(code);
    }

    @Test
    void namesTheStatusOfAnErrorWithoutWords() throws IOException {
        assertThat(failure(500, "{}")).hasMessage("It answered 500");
    }

    @Test
    void tellsAStrangerFromAControlPlane() throws IOException {
        CommandFailure failure = failure(200, "<html>router login</html>");

        assertThat(failure).hasMessageContaining("does not answer like GenieHive");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void saysHowToStartItWhenNobodyAnswers() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> new ControlClient("http://127.0.0.1:" + port, Optional.empty()).get("/v1/models"))
                .withMessageContaining("geniehive up")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE));
    }

    @ParameterizedTest
    @CsvSource({"not a url", "localhost", "localhost:7833", "ftp://box"})
    void refusesAnAddressThatIsNone(String url) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> new ControlClient(url, Optional.empty()).get("/v1/models"))
                .withMessageContaining("'%s' is no address".formatted(url))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void neverShowsAKeyThatCannotBeSent() {
        ControlClient client = new ControlClient("http://127.0.0.1:1", Optional.of("top\nsecret"));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> client.get("/v1/models"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThat(client.toString()).doesNotContain("secret");
    }

    private static ControlClient client(AnsweringServer server) {
        return new ControlClient(server.url(), Optional.of("secret"));
    }

    private static CommandFailure failure(int status, String body) throws IOException {
        try (AnsweringServer server = new AnsweringServer(status, body)) {
            return catchThrowableOfType(
                    CommandFailure.class, () -> client(server).get("/v1/models"));
        }
    }
}
