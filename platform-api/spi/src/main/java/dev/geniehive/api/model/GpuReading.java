package dev.geniehive.api.model;

import java.util.List;

/** What a probe saw. */
public sealed interface GpuReading {
    /**
     * The driver answered.
     *
     * @param gpus the GPUs it told of, possibly none
     */
    record Present(List<Gpu> gpus) implements GpuReading {
        public Present {
            gpus = List.copyOf(gpus);
        }
    }

    /**
     * There is no such driver, or it did not answer.
     *
     * @param reason what was looked for and what was found
     */
    record Absent(String reason) implements GpuReading {}
}
