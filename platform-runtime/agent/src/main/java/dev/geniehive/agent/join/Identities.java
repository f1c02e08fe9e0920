package dev.geniehive.agent.join;

import dev.geniehive.api.model.Json;
import dev.geniehive.kernel.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who this machine is to all control planes that it belongs to, kept in {@code agent/control-planes.json} of the home
 * folder, for its owner only. Safe for use by many threads at once.
 */
public final class Identities {
    private static final int NONCE_BYTES = 16;

    private final OwnersFile file;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Map<URI, Identity> known;
    private boolean written = true;

    private Identities(OwnersFile file, Map<URI, Identity> known) {
        this.file = file;
        this.known = known;
    }

    /**
     * {@return what a home folder holds; nothing if the file is not there}
     *
     * @throws IllegalStateException if it cannot be read; it is never written over then
     */
    public static Identities read(Path home) {
        Path path = home.resolve("agent").resolve("control-planes.json");
        try {
            Map<URI, Identity> known = new LinkedHashMap<>();
            for (Json entry : Json.parse(Files.readAllBytes(path)).items()) {
                Identity identity = identity(entry);
                known.put(identity.url(), identity);
            }
            return new Identities(new OwnersFile(path), known);
        } catch (NoSuchFileException _) {
            return new Identities(new OwnersFile(path), Map.of());
        } catch (IOException | IllegalArgumentException broken) {
            throw new IllegalStateException(
                    "%s cannot be read (%s). Repair it, or remove it and join again with: geniehive agent --join URL --token TOKEN"
                            .formatted(path, broken.getMessage()),
                    broken);
        }
    }

    /** {@return all of them, in the order in which they came} */
    public List<Identity> all() {
        return List.copyOf(known.values());
    }

    /** {@return who this machine is to a control plane, if it ever tried to join it} */
    public Optional<Identity> find(URI url) {
        return Optional.ofNullable(known.get(url));
    }

    /**
     * {@return who this machine is to a control plane; if it is new there, that is written down first, so that a
     * registration whose answer gets lost is recognised when it is repeated}
     *
     * @throws UncheckedIOException if it cannot be written down
     */
    public Identity of(URI url) {
        changing.lock();
        try {
            Identity found = known.get(url);
            if (found == null) {
                found = new Identity(url, Optional.empty(), Optional.empty(), nonce());
                put(found);
            }
            return found;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Remembers an identity, and writes it down.
     *
     * @throws UncheckedIOException if it cannot be written down; it is remembered all the same, and the next call tries
     *     again
     */
    public void keep(Identity identity) {
        changing.lock();
        try {
            if (!written || !identity.equals(known.get(identity.url()))) {
                put(identity);
            }
        } finally {
            changing.unlock();
        }
    }

    private void put(Identity identity) {
        Map<URI, Identity> more = new LinkedHashMap<>(known);
        more.put(identity.url(), identity);
        known = Collections.unmodifiableMap(more);
        written = false;
        List<Json> entries = new ArrayList<>();
        more.values().forEach(one -> entries.add(json(one)));
        file.write(Json.array(entries).utf8());
        written = true;
    }

    private String nonce() {
        byte[] word = new byte[NONCE_BYTES];
        random.nextBytes(word);
        return HexFormat.of().formatHex(word);
    }

    private static Json.Obj json(Identity identity) {
        return Json.object()
                .put("url", identity.url().toString())
                .putIfPresent("node_id", identity.nodeId())
                .putIfPresent("node_key", identity.nodeKey().map(Secret::reveal))
                .put("nonce", identity.nonce());
    }

    private static Identity identity(Json entry) {
        String url = entry.get("url")
                .asString()
                .orElseThrow(() -> new IllegalArgumentException("an entry names no control plane under 'url'"));
        String nonce = entry.get("nonce")
                .asString()
                .orElseThrow(() -> new IllegalArgumentException("the entry of %s has no 'nonce'".formatted(url)));
        return new Identity(
                URI.create(url),
                entry.get("node_id").asString(),
                entry.get("node_key").asString().map(Secret::new),
                nonce);
    }
}
