package dev.geniehive.control.access;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.access.Principal;
import dev.geniehive.store.KeyTable;
import dev.geniehive.store.StoredKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** The keys of clients and further operators. Safe for use by many threads at once. */
public final class KeyRing implements Keys, Permits {
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 6;

    private final KeyTable table;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Ring ring;

    /** What is looked up for requests. */
    private record Ring(Map<KeyHash, StoredKey> byHash, Map<String, StoredKey> byPrincipal) {
        static Ring of(List<StoredKey> keys) {
            Map<KeyHash, StoredKey> byHash = new HashMap<>();
            Map<String, StoredKey> byPrincipal = new HashMap<>();
            for (StoredKey key : keys) {
                if (key.revokedAt().isEmpty()) {
                    byHash.put(new KeyHash(key.hash()), key);
                    byPrincipal.put(key.name(), key);
                }
            }
            return new Ring(Map.copyOf(byHash), Map.copyOf(byPrincipal));
        }
    }

    /**
     * A key that was just made.
     *
     * @param stored what is kept of it
     * @param secret the key itself; it is nowhere else, and cannot be shown again
     */
    public record Made(StoredKey stored, String secret) {
        @Override
        public String toString() {
            return stored.id();
        }
    }

    /** Reads all keys. */
    public KeyRing(KeyTable table, InstantSource clock, SecureRandom random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
        this.ring = Ring.of(table.all());
    }

    /** A look-up by hash: what takes longer for a near miss is the comparison of hashes, which tells nothing of keys. */
    @Override
    public Optional<Principal> find(KeyHash hash) {
        return Optional.ofNullable(ring.byHash().get(hash))
                .map(key -> new Principal(
                        key.name(), key.kind().equals("admin") ? Principal.Kind.ADMIN : Principal.Kind.CLIENT));
    }

    @Override
    public boolean maySee(Caller caller, String model) {
        StoredKey key = ring.byPrincipal().get(caller.principal());
        return key == null || Globs.anyOrNone(key.scopes().models(), model);
    }

    @Override
    public void check(Caller caller, Operation operation, String model) {
        StoredKey key = ring.byPrincipal().get(caller.principal());
        if (key == null) {
            return;
        }
        if (!Globs.anyOrNone(key.scopes().models(), model)) {
            throw forbidden(key, "the model '%s'".formatted(model), key.scopes().models());
        }
        if (!Globs.anyOrNone(key.scopes().operations(), operation.wireName())) {
            throw forbidden(key, operation.wireName(), key.scopes().operations());
        }
    }

    /** {@return the queues that a caller's key is bound to; empty if to none} */
    public List<String> queues(Caller caller) {
        StoredKey key = ring.byPrincipal().get(caller.principal());
        return key == null ? List.of() : key.scopes().queues();
    }

    /** {@return the keys that count and are bound to a queue, by name} */
    public List<String> boundTo(String queue) {
        return ring.byPrincipal().values().stream()
                .filter(key -> key.scopes().queues().contains(queue))
                .map(StoredKey::name)
                .sorted()
                .toList();
    }

    /** {@return the queues that keys are bound to} */
    public Set<String> queues() {
        return ring.byPrincipal().values().stream()
                .flatMap(key -> key.scopes().queues().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return all keys, revoked ones too, in the order in which they were made} */
    public List<StoredKey> all() {
        return table.all();
    }

    /**
     * Makes a key. It counts from the moment that this returns, also after a crash.
     *
     * @param kind {@code admin} or {@code client}
     * @throws GenieException of kind {@code CONFLICT} if another key has that name
     */
    public Made create(String name, String kind, StoredKey.Scopes scopes) {
        String secret = "gh-%s-%s"
                .formatted(kind, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(KEY_BYTES)));
        StoredKey key = new StoredKey(
                "key_" + HexFormat.of().formatHex(bytes(ID_BYTES)),
                name,
                kind,
                KeyHash.of(secret).hex(),
                scopes,
                clock.instant(),
                Optional.empty());
        changing.lock();
        try {
            if (!table.add(key)) {
                throw new GenieException(new Problem(
                                ErrorKind.CONFLICT,
                                "A key is called '%s' already, maybe a revoked one. Choose another name."
                                        .formatted(name))
                        .about("name"));
            }
            ring = Ring.of(table.all());
            return new Made(key, secret);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Ends a key. It counts no more from the moment that this returns, also after a crash.
     *
     * @param nameOrId either
     * @throws GenieException of kind {@code NOT_FOUND} if there is no such key that still counts
     */
    public StoredKey revoke(String nameOrId) {
        changing.lock();
        try {
            StoredKey key = table.all().stream()
                    .filter(known -> known.id().equals(nameOrId) || known.name().equals(nameOrId))
                    .filter(known -> known.revokedAt().isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new GenieException(
                            ErrorKind.NOT_FOUND,
                            "No key that counts is called '%s'. GET /v1/cluster/keys lists them.".formatted(nameOrId)));
            table.revoke(key.id(), clock.instant());
            ring = Ring.of(table.all());
            return key;
        } finally {
            changing.unlock();
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static GenieException forbidden(StoredKey key, String what, List<String> allowed) {
        return new GenieException(
                ErrorKind.FORBIDDEN,
                "The key '%s' may not be used for %s, but for %s."
                        .formatted(key.name(), what, String.join(", ", allowed)));
    }
}
