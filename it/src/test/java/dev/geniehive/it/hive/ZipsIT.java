package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The zips for a control plane and for an agent. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZipsIT {
    private final Path control;
    private final Path agent;
    private final Path single;

    ZipsIT(@TempDir Path folder) {
        control = Distribution.unpackTo("geniehive.control.zip", folder.resolve("control"));
        agent = Distribution.unpackTo("geniehive.agent.zip", folder.resolve("agent"));
        single = Distribution.unpackTo(folder.resolve("single"));
    }

    Stream<Path> zips() {
        return Stream.of(control, agent, single);
    }

    @ParameterizedTest
    @MethodSource("zips")
    void holdAllThatOneNeedsAndNameWhatOthersWrote(Path zip) throws IOException {
        assertThat(zip.resolve("bin/geniehive")).isExecutable();
        assertThat(zip.resolve("bin/geniehive.bat")).isRegularFile();
        assertThat(zip.resolve("conf/geniehive.yaml")).isRegularFile();
        assertThat(below(zip.resolve("plugins"), ".jar")).isNotEmpty();
        assertThat(below(zip, ".service")).as("units for systemd").isNotEmpty();
        String named = Files.readString(zip.resolve("THIRD-PARTY.md"));
        assertThat(below(zip.resolve("lib"), ".jar"))
                .filteredOn(jar -> !jar.startsWith("geniehive-"))
                .isNotEmpty()
                .allSatisfy(jar -> assertThat(named).contains("`%s`".formatted(jar.replaceFirst("-[0-9].*", ""))));
    }

    @Test
    void holdNothingOfTheOtherHalf() throws IOException {
        assertThat(below(control.resolve("lib"), ".jar")).noneMatch(jar -> jar.startsWith("geniehive-agent-"));
        assertThat(below(agent.resolve("lib"), ".jar"))
                .noneMatch(jar -> jar.startsWith("geniehive-control-") || jar.startsWith("geniehive-store-"))
                .noneMatch(jar -> jar.startsWith("sqlite-jdbc"));
    }

    @Test
    void workTogether(@TempDir Path folder) throws Exception {
        try (Engines engines = Engines.serving("fake-model", 1);
                Control plane = Control.start(control, folder.resolve("control"), "");
                Node node = Node.join(
                        agent,
                        folder.resolve("agent"),
                        plane.url(),
                        plane.invite(),
                        "attic",
                        Node.yaml("attic", Engines.services("", engines)))) {
            node.awaitUp();

            Outcome outcome = Eventually.see(
                    20, () -> Outcome.of(plane.port(), "fake-model", true), answered -> answered.status() == 200);

            assertThat(outcome.text()).contains("tok0").endsWith("data: [DONE]\n\n");
            assertThat(outcome.header("x-geniehive-service")).isEqualTo("attic/e1");
        }
    }

    @ParameterizedTest
    @MethodSource("zips")
    void sayWhatTheyCannotDo(Path zip, @TempDir Path home) throws Exception {
        String verb = zip.equals(control) ? "agent" : zip.equals(agent) ? "control" : "no-such-verb";

        Command.Ended ended = new Command(zip, home, Map.of()).run(verb, "--port", "0");

        assertThat(ended.exitCode()).as(ended.err()).isNotZero();
        assertThat(ended.err()).isNotBlank().doesNotContain("\tat ", "Exception");
    }

    private static List<String> below(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
