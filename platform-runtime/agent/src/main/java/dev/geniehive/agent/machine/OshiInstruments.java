package dev.geniehive.agent.machine;

import dev.geniehive.protocol.Platform;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OperatingSystem;

/** The operating system as OSHI reads it. */
final class OshiInstruments implements Machine.Instruments {
    private final OperatingSystem os;
    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final Busyness busyness = new Busyness();

    OshiInstruments() {
        SystemInfo system = new SystemInfo();
        this.os = system.getOperatingSystem();
        this.processor = system.getHardware().getProcessor();
        this.memory = system.getHardware().getMemory();
    }

    @Override
    public Platform platform() {
        return new Platform(
                "%s %s".formatted(os.getFamily(), os.getVersionInfo().getVersion()),
                System.getProperty("os.arch"),
                Math.max(1, processor.getLogicalProcessorCount()),
                memory.getTotal());
    }

    @Override
    public OptionalDouble cpuLoad() {
        return busyness.since(ticks());
    }

    @Override
    public OptionalLong memoryAvailableBytes() {
        return OptionalLong.of(memory.getAvailable());
    }

    @Override
    public OptionalLong uptimeSeconds() {
        return OptionalLong.of(os.getSystemUptime());
    }

    private Busyness.Ticks ticks() {
        long[] counts = processor.getSystemCpuLoadTicks();
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long idle =
                counts[CentralProcessor.TickType.IDLE.getIndex()] + counts[CentralProcessor.TickType.IOWAIT.getIndex()];
        return new Busyness.Ticks(all, idle);
    }
}
