package dev.geniehive.protocol;

import java.util.Set;

/** Something that a control plane wants a node to see to. Doing it twice is harmless. */
public sealed interface Directive {
    /** {@return what its result is told under} */
    String id();

    /**
     * Look at services now: they behaved otherwise than reported, or the operator asks.
     *
     * @param services names of the node's services; empty for all
     */
    record Look(String id, Set<String> services) implements Directive {
        public Look {
            services = Set.copyOf(services);
        }
    }

    /**
     * Something that this version does not know. Its result says so.
     *
     * @param kind what it is called
     */
    record Unknown(String id, String kind) implements Directive {}
}
