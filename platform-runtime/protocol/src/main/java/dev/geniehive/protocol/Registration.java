package dev.geniehive.protocol;

import java.util.Map;
import java.util.Optional;

/**
 * A node introduces itself.
 *
 * @param nodeId the id it was given before, if it was
 * @param name what its operator calls it; also the host part of its services' ids
 * @param labels the operator's own words about it
 * @param platform what machine it is
 */
public record Registration(Optional<String> nodeId, String name, Map<String, String> labels, Platform platform) {
    public Registration {
        labels = Map.copyOf(labels);
    }
}
