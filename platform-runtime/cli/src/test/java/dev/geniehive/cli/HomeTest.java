package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theFlagGoesBeforeTheEnvironment() {
        Map<String, String> environment = Map.of("GENIEHIVE_HOME", "/env", "XDG_DATA_HOME", "/data");

        assertThat(Home.of(folder, environment).path()).isEqualTo(folder);
        assertThat(Home.of(null, environment).path()).isEqualTo(Path.of("/env"));
    }

    @Test
    void liesWhereDataLies() {
        assertThat(Home.of(null, Map.of("XDG_DATA_HOME", "/data")).path()).isEqualTo(Path.of("/data/geniehive"));
        assertThat(Home.of(null, Map.of()).path())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/geniehive"));
    }

    @Test
    void isAbsolute() {
        assertThat(Home.of(Path.of("here/../there"), Map.of()).path())
                .isEqualTo(Path.of("there").toAbsolutePath());
    }

    @Test
    void remembersWhereItListened() {
        Home home = new Home(folder.resolve("new"));
        assertThat(home.lastUrl()).isEmpty();

        home.remember("http://127.0.0.1:7833");

        assertThat(home.lastUrl()).contains("http://127.0.0.1:7833");
    }

    @Test
    void anEmptyMemoryIsNone() throws Exception {
        Files.writeString(folder.resolve("last-url"), "\n");

        assertThat(new Home(folder).lastUrl()).isEmpty();
    }
}
