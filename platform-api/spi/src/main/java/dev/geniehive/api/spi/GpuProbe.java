package dev.geniehive.api.spi;

import dev.geniehive.api.model.GpuReading;

/** Reads one vendor's GPUs of this machine. */
public interface GpuProbe {
    /** {@return what there is now; called about once a second, on a platform thread of its own} */
    GpuReading read();
}
