package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Json;
import dev.geniehive.kernel.config.Secret;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {
    private static final String URL = "http://control:7833";

    @ParameterizedTest
    @CsvSource({
        "BAD_ADDRESS,is no address",
        "UNKNOWN_HOST,is not known to this machine",
        "REFUSED,nothing listens",
        "TIMED_OUT,does not answer in time",
        "TLS,TLS",
        "BROKEN,breaks off"
    })
    void tellsApartWhyAControlPlaneCannotBeReached(Web.Trouble trouble, String words) {
        Finding finding = Verdicts.reachable(URL, Web.Outcome.failed(trouble, "detail"));

        assertThat(finding.isProblem()).isTrue();
        assertThat(finding.found()).contains(words);
        assertThat(finding.next()).isNotEmpty();
    }

    @Test
    void tellsAStrangerFromAControlPlane() {
        assertThat(Verdicts.reachable(URL, answer(200, "{\"status\":\"ok\"}")).level())
                .isEqualTo(Finding.Level.OK);
        assertThat(Verdicts.reachable(URL, answer(404, "{}")).found()).contains("not GenieHive (status 404)");
        assertThat(Verdicts.reachable(
                                URL,
                                new Web.Outcome(
                                        Web.Trouble.NONE,
                                        200,
                                        HttpHeaders.of(Map.of(), (name, value) -> true),
                                        Json.parse("{\"status\":\"ok\"}"),
                                        ""))
                        .isProblem())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0,OK,agree",
        "60,OK,agree",
        "61,WARNING,1.0 minutes ahead of",
        "-90,WARNING,1.5 minutes behind",
        "299,WARNING,5.0 minutes ahead",
        "300,PROBLEM,5.0 minutes ahead of",
        "-7200,PROBLEM,120.0 minutes behind"
    })
    void tellsHowFarAndInWhichDirectionAClockIsOff(long seconds, Finding.Level level, String words) {
        Finding finding = Verdicts.clock(URL, Duration.ofSeconds(seconds));

        assertThat(finding.level()).isEqualTo(level);
        assertThat(finding.found()).contains(words);
        assertThat(finding.next().contains("NTP")).isEqualTo(level != Finding.Level.OK);
    }

    @Test
    void tellsWhereAWrongKeyCameFrom() {
        Finding finding =
                Verdicts.key(URL, answer(401, "{\"error\":{\"message\":\"no such key\"}}"), "/home/credentials");

        assertThat(finding.isProblem()).isTrue();
        assertThat(finding.found()).contains("/home/credentials", "no such key");
        assertThat(Verdicts.key(URL, answer(200, "{}"), "x").isProblem()).isFalse();
        assertThat(Verdicts.key(URL, answer(500, "{}"), "x").isProblem()).isTrue();
    }

    @Test
    void tellsAUsedTokenAndARemovedMachineApart() {
        ControlPlanes.Known known = new ControlPlanes.Known(URL, "box", new Secret("ghn-secret"));

        assertThat(Verdicts.token(URL, answer(401, "{}")).next()).contains("geniehive node invite");
        assertThat(Verdicts.token(URL, answer(200, "{}")).isProblem()).isFalse();
        assertThat(Verdicts.token(URL, answer(404, "{}")).next()).contains("older version");
        assertThat(Verdicts.ownKey(known, answer(401, "{}")).found()).contains("was removed there");
        assertThat(Verdicts.ownKey(known, answer(200, "{}")).found())
                .contains("as box")
                .doesNotContain("ghn-secret");
    }

    @Test
    void repeatsWhatTheHiveSaysOfItself() {
        Json bad = Json.parse("""
                {"status": "degraded", "summary": "1 of 2.", "problems": [{"what": "box is lost.", "next_step": "Look."}]}""");

        assertThat(Verdicts.hive(bad)).containsExactly(Finding.problem("hive", "box is lost.", "Look."));
        assertThat(Verdicts.hive(Json.parse("{\"status\":\"ok\",\"summary\":\"All.\"}")))
                .containsExactly(Finding.ok("hive", "All."));
        assertThat(Verdicts.hive(Json.parse("{\"status\":\"down\",\"summary\":\"None.\"}")))
                .allMatch(Finding::isProblem);
    }

    @Test
    void tellsWhichMachineIsNotReachedAndWhichModelIsSilent() {
        Web.Outcome late = Web.Outcome.failed(Web.Trouble.TIMED_OUT, "");

        assertThat(Verdicts.otherWay("box", late).found()).contains("does not reach box", "in time");
        assertThat(Verdicts.otherWay("box", answer(200, "{}")).isProblem()).isFalse();
        assertThat(Verdicts.speech("box", "m", late, Duration.ZERO).next()).contains("geniehive why m");
        assertThat(Verdicts.speech("box", "m", answer(200, "{}"), Duration.ofMillis(42))
                        .found())
                .contains("after 42 ms");
    }

    @Test
    void picksAModelThatCanChatWithoutLoading() {
        Json host = Json.parse("""
                {"services": [
                  {"status": "healthy", "operations": ["embedding"], "models": [{"id": "vectors", "loaded": true}]},
                  {"status": "unreachable", "operations": ["chat"], "models": [{"id": "gone", "loaded": true}]},
                  {"status": "healthy", "operations": ["chat"], "models": [{"id": "cold", "loaded": false}, {"id": "warm", "loaded": true}]}]}""");

        assertThat(RemoteExamination.loaded(host)).contains("warm");
        assertThat(RemoteExamination.loaded(Json.object())).isEmpty();
    }

    @Test
    void judgesTheHomeFolder() {
        Path home = Path.of("/home/genie");

        assertThat(LocalVerdicts.home(home, true, LocalVerdicts.LEAST_FREE_BYTES)
                        .isProblem())
                .isFalse();
        assertThat(LocalVerdicts.home(home, true, LocalVerdicts.LEAST_FREE_BYTES - 1)
                        .found())
                .contains("only 1024.0 MiB");
        assertThat(LocalVerdicts.home(home, false, 1L << 40).next()).contains("--home");
        assertThat(LocalVerdicts.credentials(home, Optional.of(true)).next()).startsWith("chmod 600");
        assertThat(LocalVerdicts.credentials(home, Optional.of(false)).isProblem())
                .isFalse();
        assertThat(LocalVerdicts.credentials(home, Optional.empty()).isProblem())
                .isFalse();
        assertThat(LocalVerdicts.java(24, "/jdk").isProblem()).isTrue();
        assertThat(LocalVerdicts.java(25, "/jdk").isProblem()).isFalse();
    }

    @Test
    void aStrangerOnAPortThatNobodyNeedsIsAWarning() {
        assertThat(LocalVerdicts.port("127.0.0.1", 7833, PortProbe.Owner.SOMEBODY_ELSE, true))
                .satisfies(finding -> assertThat(finding.isProblem()).isTrue())
                .satisfies(finding -> assertThat(finding.next()).contains("ss -ltnp", "7833"));
        assertThat(LocalVerdicts.port("127.0.0.1", 7833, PortProbe.Owner.SOMEBODY_ELSE, false)
                        .level())
                .isEqualTo(Finding.Level.WARNING);
        assertThat(LocalVerdicts.port("127.0.0.1", 7833, PortProbe.Owner.OURS, true)
                        .level())
                .isEqualTo(Finding.Level.OK);
    }

    @Test
    void namesAnEngineThatEveryoneCanUse() {
        Exposure.Open open = new Exposure.Open("Ollama", "192.168.1.5", 11434, "Set OLLAMA_HOST.");

        assertThat(LocalVerdicts.exposure(List.of(open))).singleElement().satisfies(finding -> {
            assertThat(finding.isProblem()).isTrue();
            assertThat(finding.found()).contains("192.168.1.5:11434", "Ollama");
            assertThat(finding.next()).isEqualTo("Set OLLAMA_HOST.");
        });
        assertThat(LocalVerdicts.exposure(List.of())).noneMatch(Finding::isProblem);
    }

    private static Web.Outcome answer(int status, String body) {
        HttpHeaders headers = HttpHeaders.of(Map.of("x-request-id", List.of("r")), (name, value) -> true);
        return new Web.Outcome(Web.Trouble.NONE, status, headers, Json.parse(body), "");
    }
}
