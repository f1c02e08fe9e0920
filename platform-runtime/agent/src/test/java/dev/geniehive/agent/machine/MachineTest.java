package dev.geniehive.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MachineTest {
    @TempDir
    private Path home;

    @Test
    void readsThisMachine() throws Exception {
        reads(OshiInstruments::new);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsThisMachineFromItsFiles() throws Exception {
        reads(() -> new LinuxInstruments(Path.of("/")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bothReadersSayTheSameOfThisMachine() {
        assertThat(new LinuxInstruments(Path.of("/")).platform()).isEqualTo(new OshiInstruments().platform());
    }

    private void reads(Supplier<Machine.Instruments> maker) throws Exception {
        try (Machine machine = Machine.watch(home, maker, Duration.ofMillis(50))) {
            Platform platform = machine.platform();
            assertThat(platform.os()).isNotBlank();
            assertThat(platform.cpus()).isPositive();
            assertThat(platform.memoryBytes()).isGreaterThan(64L << 20);

            Telemetry telemetry = machine.telemetry().orElseThrow();
            while (telemetry.cpuLoad().isEmpty()) {
                telemetry = machine.telemetry().orElseThrow();
                Thread.onSpinWait();
            }
            assertThat(telemetry.cpuLoad().getAsDouble()).isBetween(0.0, 1.0);
            assertThat(telemetry.memoryAvailableBytes().orElseThrow()).isBetween(1L, platform.memoryBytes());
            assertThat(telemetry.diskFreeBytes().orElseThrow()).isPositive();
            assertThat(telemetry.uptimeSeconds().orElseThrow()).isPositive();
        }
    }

    @Test
    void saysWhatTheJvmKnowsWhereTheMachineCannotBeRead() throws Exception {
        try (Machine machine = Machine.watch(
                home,
                () -> {
                    throw new UnsatisfiedLinkError("no library for this machine");
                },
                Duration.ofSeconds(5))) {
            assertThat(machine.platform()).isEqualTo(ThisMachine.platform());

            Telemetry telemetry = machine.telemetry().orElseThrow();
            assertThat(telemetry.cpuLoad()).isEmpty();
            assertThat(telemetry.memoryAvailableBytes()).isEmpty();
            assertThat(telemetry.diskFreeBytes()).isPresent();
        }
    }
}
