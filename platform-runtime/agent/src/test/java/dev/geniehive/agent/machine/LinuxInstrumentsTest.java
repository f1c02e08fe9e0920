package dev.geniehive.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.protocol.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxInstrumentsTest {
    @TempDir
    private Path root;

    @BeforeEach
    void someLinux() throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("etc"));
        write("etc/os-release", """
                PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                NAME="Debian GNU/Linux"
                VERSION_ID="12"
                """);
        write("proc/meminfo", """
                MemTotal:       16384000 kB
                MemFree:          123456 kB
                MemAvailable:    8192000 kB
                """);
        write("proc/uptime", "12345.67 20000.00\n");
        load("100 10 50 1000 40 1 2 7 30 0");
    }

    @Test
    void saysWhatMachineItIs() {
        assertThat(new LinuxInstruments(root).platform())
                .isEqualTo(new Platform("Debian GNU/Linux 12", System.getProperty("os.arch"), 2, 16_384_000L * 1024));
    }

    @Test
    void saysHowItFeels() {
        LinuxInstruments linux = new LinuxInstruments(root);

        assertThat(linux.memoryAvailableBytes()).hasValue(8_192_000L * 1024);
        assertThat(linux.uptimeSeconds()).hasValue(12345);
    }

    /** Guests are counted in what users take already, so the ninth column must not be counted again. */
    @Test
    void theLoadIsTheBusyShareOfWhatPassedSinceTheLastLook() throws IOException {
        LinuxInstruments linux = new LinuxInstruments(root);

        assertThat(linux.cpuLoad()).isEmpty();
        load("120 10 50 1050 60 1 2 17 90 0");
        assertThat(linux.cpuLoad()).hasValue(0.3);
        assertThat(linux.cpuLoad()).isEmpty();
    }

    @Test
    void aSystemThatDoesNotSayItsNameIsLinux() throws IOException {
        Files.delete(root.resolve("etc/os-release"));

        assertThat(new LinuxInstruments(root).platform().os()).isEqualTo("Linux " + System.getProperty("os.version"));
    }

    @Test
    void doesNotFitWhereThereIsNothingToRead() throws IOException {
        assertThat(LinuxInstruments.fits(root)).isTrue();
        Files.delete(root.resolve("proc/stat"));

        assertThat(LinuxInstruments.fits(root)).isFalse();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(new LinuxInstruments(root)::cpuLoad);
    }

    private void load(String columns) throws IOException {
        write("proc/stat", "cpu  %s\ncpu0 1 2 3 4\ncpu1 1 2 3 4\nintr 5 6\n".formatted(columns));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(root.resolve(file), text);
    }
}
