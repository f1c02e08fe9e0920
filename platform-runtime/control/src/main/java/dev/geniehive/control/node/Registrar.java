package dev.geniehive.control.node;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.control.access.JoinTokens;
import dev.geniehive.control.access.NodeKeys;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import dev.geniehive.store.NodeTable;
import dev.geniehive.store.StoredNode;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nodes in, gives them their ids and keys, and lets them go. What is changed here is in the store before it is
 * acknowledged. Safe for use by many threads at once.
 */
public final class Registrar {
    private static final Logger log = LoggerFactory.getLogger(Registrar.class);

    /** Stands where the hash of a key would for a node in this process, which needs none. No hash begins like this. */
    private static final String LOCAL = "local:";

    private static final int KEY_BYTES = 32;

    private final Parts parts;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<String, StoredNode> nodes = new TreeMap<>();
    private final Set<String> local = new HashSet<>();

    /**
     * What a registrar works with.
     *
     * @param random makes keys
     * @param version of this distribution, for people
     */
    public record Parts(
            Hive hive,
            NodeTable table,
            NodeKeys keys,
            JoinTokens tokens,
            InstantSource clock,
            SecureRandom random,
            String version) {}

    /** Reads all nodes, and lets their keys count. */
    public Registrar(Parts parts) {
        this.parts = parts;
        parts.table().all().forEach(this::know);
    }

    /**
     * Lets a node in that has shown a token.
     *
     * @param tokenHash of the token
     * @return with the key that the node is to show from now on
     * @throws GenieException of kind {@code UNAUTHORIZED} if another node has used the token, or it has expired
     */
    public Assignment join(String tokenHash, Registration registration) {
        byte[] bytes = new byte[KEY_BYTES];
        parts.random().nextBytes(bytes);
        String key = "gh-node-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        changing.lock();
        try {
            StoredNode wanted =
                    node(idOf(registration), registration, KeyHash.of(key).hex());
            String id = parts.table()
                    .join(tokenHash, wanted, parts.clock().instant())
                    .orElseThrow(
                            () -> new GenieException(
                                    ErrorKind.UNAUTHORIZED,
                                    "invalid_join_token",
                                    "The token has been used by another node, or has expired. Make one with 'geniehive node invite'."));
            know(node(id, registration, wanted.keyHash()));
            parts.tokens().used(tokenHash, id);
            return assigned(registration.as(id), Optional.of(key));
        } finally {
            changing.unlock();
        }
    }

    /**
     * Lets a node in that has shown its key: it keeps its id. One that says the same as the last time is not written:
     * after a start of this process all of them come at once.
     *
     * @throws GenieException of kind {@code UNAUTHORIZED} if it was removed meanwhile
     */
    public Assignment back(String id, Registration registration) {
        changing.lock();
        try {
            StoredNode known = nodes.get(id);
            if (known == null) {
                throw new GenieException(ErrorKind.UNAUTHORIZED, "The node '%s' was removed.".formatted(id));
            }
            StoredNode now = node(id, registration, known.keyHash());
            if (!now.name().equals(known.name()) || !now.about().equals(known.about())) {
                parts.table().put(now);
                know(now);
            }
            return assigned(registration.as(id), Optional.empty());
        } finally {
            changing.unlock();
        }
    }

    /** Lets the node of this process in. It is served also while the store is not. */
    public Assignment local(Registration registration) {
        changing.lock();
        try {
            StoredNode before = nodes.get(registration.nodeId().orElse(registration.name()));
            String id = before != null && isLocal(before) ? before.id() : idOf(registration);
            StoredNode now = node(id, registration, LOCAL + id);
            try {
                parts.table().put(now);
            } catch (GenieException unavailable) {
                log.warn("Host {} is not kept over a restart: {}", id, unavailable.getMessage());
            }
            know(now);
            local.add(id);
            return assigned(registration.as(id), Optional.empty());
        } finally {
            changing.unlock();
        }
    }

    /**
     * Gives a node no new requests, or gives it some again.
     *
     * @throws GenieException of kind {@code NOT_FOUND} if there is no such node
     */
    public void drain(String id, boolean draining) {
        changing.lock();
        try {
            known(id);
            parts.table().drain(id, draining);
            parts.hive().drain(id, draining);
            log.info("Host {} {}", id, draining ? "drains: it gets no new requests" : "gets requests again");
        } finally {
            changing.unlock();
        }
    }

    /**
     * Lets a node go: its key counts no more, and what it served is forgotten.
     *
     * @throws GenieException of kind {@code NOT_FOUND} if there is no such node, {@code CONFLICT} if it is in this process
     */
    public void remove(String id) {
        changing.lock();
        try {
            known(id);
            if (local.contains(id)) {
                throw new GenieException(
                        ErrorKind.CONFLICT,
                        "Host '%s' is this process itself and cannot be removed. It can be drained, or run 'geniehive control' alone."
                                .formatted(id));
            }
            parts.table().remove(id, parts.clock().instant());
            nodes.remove(id);
            parts.keys().remove(id);
            parts.hive().remove(id);
            log.info("Host {} was removed", id);
        } finally {
            changing.unlock();
        }
    }

    /** A node that lost its key and is known by its own random word is the same node. */
    private String idOf(Registration registration) {
        Optional<String> same = nodes.values().stream()
                .filter(node -> !registration.nonce().isEmpty()
                        && node.about().nonce().equals(registration.nonce())
                        && node.name().equals(registration.name()))
                .map(StoredNode::id)
                .findFirst();
        return same.or(() -> registration.nodeId().filter(wish -> !nodes.containsKey(wish)))
                .orElseGet(() -> freeId(registration.name()));
    }

    private String freeId(String name) {
        String id = name;
        for (int number = 2; nodes.containsKey(id); number++) {
            id = name + "-" + number;
        }
        return id;
    }

    private Assignment assigned(Registration registration, Optional<String> key) {
        Assignment bare = parts.hive().register(registration);
        return new Assignment(
                bare.nodeId(), key, bare.heartbeatInterval(), bare.firstHeartbeat(), bare.lostAfter(), parts.version());
    }

    private void know(StoredNode node) {
        nodes.put(node.id(), node);
        if (!isLocal(node)) {
            parts.keys().put(node.id(), node.keyHash());
        }
    }

    private void known(String id) {
        if (!nodes.containsKey(id)) {
            throw new GenieException(
                    ErrorKind.NOT_FOUND, "No host is called '%s'. GET /v1/cluster/hosts lists them.".formatted(id));
        }
    }

    private StoredNode node(String id, Registration registration, String keyHash) {
        Instant now = parts.clock().instant();
        return new StoredNode(
                id,
                registration.name(),
                keyHash,
                new StoredNode.About(
                        registration.nonce(),
                        registration.version(),
                        registration.labels(),
                        ProtocolJson.of(registration.platform()).toString()),
                false,
                now,
                now);
    }

    private static boolean isLocal(StoredNode node) {
        return node.keyHash().startsWith(LOCAL);
    }
}
