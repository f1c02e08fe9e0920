package dev.geniehive.agent.join;

import dev.geniehive.kernel.config.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Who this machine is to one control plane.
 *
 * @param url where the control plane is
 * @param nodeId the id it gave this machine; empty before the first registration was answered
 * @param nodeKey the key it gave this machine; never printed
 * @param nonce a random word that was chosen before the first registration
 */
public record Identity(URI url, Optional<String> nodeId, Optional<Secret> nodeKey, String nonce) {
    /** {@return whether the control plane has taken this machine in} */
    public boolean isMember() {
        return nodeKey.isPresent();
    }

    /** {@return the same machine, taken in} */
    Identity as(String id, Secret key) {
        return new Identity(url, Optional.of(id), Optional.of(key), nonce);
    }
}
