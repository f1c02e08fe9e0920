package dev.geniehive.control.hive;

import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import java.time.Instant;
import java.util.List;

/**
 * A host as it was when this process ended the last time.
 *
 * @param id the host's
 * @param said what its node said when it registered
 * @param draining whether it was draining
 * @param lastSeen when it was last heard of
 * @param services what it reported last
 */
public record Remembered(
        String id, Registration said, boolean draining, Instant lastSeen, List<ServiceReport> services) {
    public Remembered {
        services = List.copyOf(services);
    }
}
