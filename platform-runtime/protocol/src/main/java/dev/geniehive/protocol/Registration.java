package dev.geniehive.protocol;

import java.util.Map;
import java.util.Optional;

/**
 * A node introduces itself.
 *
 * @param nodeId the id it was given before, if it was
 * @param name what its operator calls it; its id too, unless another node has that
 * @param nonce a random word that the node chose before it registered for the first time: who registers twice with one
 *     token because the answer got lost is recognised by it. Empty in the process of the control plane
 * @param version of the agent's distribution, for people
 * @param labels the operator's own words about it
 * @param platform what machine it is
 */
public record Registration(
        Optional<String> nodeId,
        String name,
        String nonce,
        String version,
        Map<String, String> labels,
        Platform platform) {
    public Registration {
        labels = Map.copyOf(labels);
    }

    /** {@return the same node, under the id that it was given} */
    public Registration as(String id) {
        return new Registration(Optional.of(id), name, nonce, version, labels, platform);
    }
}
