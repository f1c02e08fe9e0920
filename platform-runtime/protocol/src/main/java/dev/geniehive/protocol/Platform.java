package dev.geniehive.protocol;

/**
 * A machine.
 *
 * @param os the operating system's name and version
 * @param arch the processor's architecture, for example {@code amd64}
 * @param cpus logical processors, 0 if unknown
 * @param memoryBytes memory of the machine, 0 if unknown
 */
public record Platform(String os, String arch, int cpus, long memoryBytes) {
    /** Nobody said. */
    public static final Platform UNKNOWN = new Platform("", "", 0, 0);

    private static final long GIBIBYTE = 1L << 30;

    @Override
    public String toString() {
        return equals(UNKNOWN)
                ? "unknown"
                : "%s, %s, %d CPUs, %d GiB".formatted(os, arch, cpus, memoryBytes / GIBIBYTE);
    }
}
