package dev.geniehive.control.node;

import dev.geniehive.control.access.JoinTokens;
import dev.geniehive.control.access.NodeKeys;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.Host;
import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.access.Principal;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A control plane that can be ended and started again on the same files, and whose clocks stand still. */
final class Life {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private @Nullable Running running;

    /** What is there between a start and a stop. */
    private record Running(
            Store store, Hive hive, JoinTokens tokens, NodeKeys keys, Registrar registrar, Saver saver) {}

    void start(Path folder) {
        InstantSource clock = () -> START.plusNanos(nanos.get());
        Store store = Store.open(StoreSettings.of("jdbc:sqlite:" + folder.resolve("geniehive.db")), clock);
        Hive hive = new Hive(nanos::get, clock, Duration.ofSeconds(1), Duration.ofSeconds(5));
        hive.restore(Memories.read(store), Memories.learned(store, clock.instant()));
        JoinTokens tokens = new JoinTokens(store.tokens(), clock, new SecureRandom());
        NodeKeys keys = new NodeKeys();
        running = new Running(
                store,
                hive,
                tokens,
                keys,
                new Registrar(new Registrar.Parts(hive, store.nodes(), keys, tokens, clock, new SecureRandom(), "9.9")),
                new Saver(hive, store, clock));
    }

    /** As a process that is killed: nothing is saved on the way out. */
    void stop() {
        store().close();
    }

    Life after(Duration time) {
        nanos.addAndGet(time.toNanos());
        return this;
    }

    Instant instant() {
        return START.plusNanos(nanos.get());
    }

    NodesApi api() {
        return new NodesApi(registrar(), hive(), tokens(), () -> URI.create("http://0.0.0.0:7833"));
    }

    Store store() {
        return now().store();
    }

    Hive hive() {
        return now().hive();
    }

    /** {@return a host that is known} */
    Host host(String id) {
        return Objects.requireNonNull(hive().snapshot().hosts().get(id));
    }

    JoinTokens tokens() {
        return now().tokens();
    }

    NodeKeys keys() {
        return now().keys();
    }

    Registrar registrar() {
        return now().registrar();
    }

    Saver saver() {
        return now().saver();
    }

    /** {@return who is known by a key or token} */
    Principal principal(String secret) {
        KeyHash hash = KeyHash.of(secret);
        return tokens().find(hash).or(() -> keys().find(hash)).orElseThrow();
    }

    private Running now() {
        return Objects.requireNonNull(running);
    }
}
