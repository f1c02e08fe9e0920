package dev.geniehive.kernel.body;

/**
 * How much all bodies of a process may take.
 *
 * @param memoryPerBody bytes of one body that are kept in memory; a larger body goes to a spool file
 * @param memory bytes of memory for all bodies together; who finds no room in it spools
 * @param disk bytes of spool files for all bodies together
 * @param depth how many containers may be open at once in a body
 * @param keys how many members may be open at once in a body: those of all objects that are not closed yet
 */
public record BodyLimits(long memoryPerBody, long memory, long disk, int depth, int keys) {
    private static final long MEBIBYTE = 1 << 20;

    public BodyLimits {
        if (memoryPerBody < 0 || memoryPerBody > 1 << 30 || memory < 0 || disk < 0) {
            throw new IllegalArgumentException("body limits must not be negative, and memory per body at most 1 GiB,"
                    + " were %d, %d, %d".formatted(memoryPerBody, memory, disk));
        }
        if (depth < 1 || keys < 1) {
            throw new IllegalArgumentException(
                    "depth and keys must be at least 1, were %d and %d".formatted(depth, keys));
        }
    }

    /** {@return 1 MiB of memory a body, 256 MiB for all, 8 GiB of disk, 64 containers deep, 250,000 members} */
    public static BodyLimits defaults() {
        return new BodyLimits(MEBIBYTE, 256 * MEBIBYTE, 8192 * MEBIBYTE, 64, 250_000);
    }

    /** {@return the same limits with another one for the memory of all bodies ({@code server.body-memory})} */
    public BodyLimits withMemory(long bytes) {
        return new BodyLimits(memoryPerBody, bytes, disk, depth, keys);
    }
}
