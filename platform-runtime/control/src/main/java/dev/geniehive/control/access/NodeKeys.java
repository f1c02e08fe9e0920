package dev.geniehive.control.access;

import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.access.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of nodes, one each. Who shows one is known as {@code node:ID}. Safe for use by many threads at once. */
public final class NodeKeys implements Keys {
    private static final String PRINCIPAL = "node:";

    private final Map<String, String> nodes = new ConcurrentHashMap<>();
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    /** A node has this key from now on, and no other. */
    public void put(String node, String hash) {
        nodes.put(hash, node);
        String before = hashes.put(node, hash);
        if (before != null && !before.equals(hash)) {
            nodes.remove(before);
        }
    }

    /** The key of a node counts no more. */
    public void remove(String node) {
        String hash = hashes.remove(node);
        if (hash != null) {
            nodes.remove(hash);
        }
    }

    @Override
    public Optional<Principal> find(KeyHash hash) {
        return Optional.ofNullable(nodes.get(hash.hex()))
                .map(node -> new Principal(PRINCIPAL + node, Principal.Kind.NODE));
    }

    /** {@return the id of the node that a caller is, if it is one} */
    public static Optional<String> nodeOf(String principal) {
        return principal.startsWith(PRINCIPAL)
                ? Optional.of(principal.substring(PRINCIPAL.length()))
                : Optional.empty();
    }
}
