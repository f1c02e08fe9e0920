package dev.geniehive.protocol;

import java.net.URI;
import java.util.Optional;

/** How a control plane gets to a service. */
public sealed interface Reach {
    /**
     * By a connection of its own.
     *
     * @param base the engine's address
     * @param key the engine's bearer key, if it wants one; never printed
     */
    record Direct(URI base, Optional<String> key) implements Reach {
        @Override
        public String toString() {
            return "direct";
        }
    }

    /** Through its node, which takes requests by the name of the service on connections that it made itself. */
    record Link() implements Reach {
        @Override
        public String toString() {
            return "link";
        }
    }
}
