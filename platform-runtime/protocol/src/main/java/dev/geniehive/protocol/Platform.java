package dev.geniehive.protocol;

/**
 * A machine.
 *
 * @param os the operating system's name and version
 * @param arch the processor's architecture, for example {@code amd64}
 * @param cpus logical processors, at least 1
 * @param memoryBytes memory of the machine, 0 if unknown
 */
public record Platform(String os, String arch, int cpus, long memoryBytes) {
    private static final long GIBIBYTE = 1L << 30;

    @Override
    public String toString() {
        return "%s, %s, %d CPUs, %d GiB".formatted(os, arch, cpus, memoryBytes / GIBIBYTE);
    }
}
