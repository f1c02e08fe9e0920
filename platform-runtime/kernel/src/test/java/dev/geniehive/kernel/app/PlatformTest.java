package dev.geniehive.kernel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geniehive.kernel.config.ConfigSources;
import dev.geniehive.kernel.config.Configuration;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PlatformTest {
    @TempDir
    private Path home = Path.of("");

    @Test
    void twoThatWorkInDifferentFoldersShareAHomeAndAKey() throws Exception {
        try (Platform control = Platform.start(launch("0", List.of(home)));
                Platform agent = Platform.start(launch("0", List.of(home.resolve("agent"))))) {
            assertThat(control.address()).isNotEqualTo(agent.address());
            assertThat(agent.adminKey().key()).isEqualTo(control.adminKey().key());
            assertThat(home.resolve("agent/run/lock")).exists();
            assertThat(home.resolve("agent/credentials")).doesNotExist();
        }
    }

    @Test
    void oneThatNeedsBothFoldersStandsAloneInItsHome() throws Exception {
        List<Path> both = List.of(home, home.resolve("agent"));
        try (Platform agent = Platform.start(launch("0", List.of(home.resolve("agent"))))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Platform.start(launch("0", both)))
                    .withMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(agent.notReady()).isEmpty();
        }
        try (Platform up = Platform.start(launch("0", both))) {
            assertThat(up.notReady()).isEmpty();
        }
    }

    @Test
    void startsNothingWhereItCannotListen() throws Exception {
        AtomicBoolean started = new AtomicBoolean();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatExceptionOfType(CannotListenException.class)
                    .isThrownBy(() -> Platform.start(launch(port, List.of(home), new Starting(started))))
                    .withMessageContaining("--port")
                    .satisfies(e -> assertThat(e.port()).isEqualTo(taken.getLocalPort()));
        }
        assertThat(started).isFalse();
    }

    private Launch launch(String port, List<Path> rooms, App... apps) {
        ConfigSources sources = ConfigSources.of(home, Map.of())
                .withSystemFile(home.resolve("none.yaml"))
                .withSetting("server.port", port, "--port");
        return new Launch("1", home, rooms, sources, Map.of(), List.of(), List.of(apps));
    }

    /** Tells that it was started. */
    private record Starting(AtomicBoolean started) implements App {
        @Override
        public String name() {
            return "starting";
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public void check(Configuration config) {}

        @Override
        public List<AppRoute> start(AppContext context) {
            started.set(true);
            return List.of();
        }

        @Override
        public void reconfigure(Configuration config, Set<String> changed) {}

        @Override
        public List<String> notReady() {
            return List.of();
        }

        @Override
        public List<String> summary() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
