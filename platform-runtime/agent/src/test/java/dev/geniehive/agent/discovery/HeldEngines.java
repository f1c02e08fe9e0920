package dev.geniehive.agent.discovery;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.UpstreamException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Engines that see what the test put there. What is not there refuses connections. */
public final class HeldEngines implements Engines {
    private final Map<String, List<Integer>> ports = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Recognition>> servers = new ConcurrentHashMap<>();
    private final Map<String, Inventory> inventories = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    private final List<String> fingerprinted = new CopyOnWriteArrayList<>();
    private volatile String question = "";

    /** There is a plugin for an engine, which usually listens on these ports. */
    public HeldEngines knows(String engine, Integer... usualPorts) {
        ports.put(engine, List.of(usualPorts));
        return this;
    }

    /** All engines ask every server for this path, and know none. */
    public HeldEngines asking(String path) {
        question = path;
        return this;
    }

    public void forget(String engine) {
        ports.remove(engine);
    }

    /** A server is taken for an engine. */
    public HeldEngines server(String base, String engine, Recognition.Certainty certainty) {
        servers.computeIfAbsent(base, none -> new ConcurrentHashMap<>())
                .put(engine, new Recognition.Recognised(certainty, "1.0"));
        return this;
    }

    /** Nobody listens there any more. */
    public void stop(String base) {
        servers.remove(base);
    }

    /** Looking at a service shows this model. */
    public HeldEngines alive(String service, String model) {
        failures.remove(service);
        inventories.put(
                service, Inventory.healthy("1.0", List.of(Asset.loaded(model)), Map.of(Operation.CHAT, "openai")));
        return this;
    }

    /** Looking at a service shows that nobody is there. */
    public HeldEngines dead(String service) {
        inventories.remove(service);
        return this;
    }

    /** Looking at a service fails. */
    public HeldEngines failing(String service, RuntimeException failure) {
        failures.put(service, failure);
        return this;
    }

    /** {@return engine and address of every fingerprint that was taken} */
    public List<String> fingerprinted() {
        return fingerprinted;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(ports.keySet());
    }

    @Override
    public Map<String, List<Integer>> usualPorts() {
        return Map.copyOf(ports);
    }

    @Override
    public Recognition fingerprint(String engine, Upstream upstream) throws InterruptedException {
        fingerprinted.add(engine + " " + upstream.name());
        if (!question.isEmpty()) {
            return new Recognition.Stranger(
                    "answered " + Probe.get(upstream, question).status());
        }
        Map<String, Recognition> seen = servers.get(upstream.name());
        if (seen == null) {
            throw refused(upstream);
        }
        return Optional.ofNullable(seen.get(engine)).orElseGet(() -> new Recognition.Stranger("somebody else"));
    }

    @Override
    public Inventory inspect(String engine, Upstream upstream) {
        RuntimeException failure = failures.get(upstream.name());
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(inventories.get(upstream.name())).orElseThrow(() -> refused(upstream));
    }

    private static UpstreamException refused(Upstream upstream) {
        return new UpstreamException(UpstreamException.Failure.REFUSED, false, "nobody listens at " + upstream.name());
    }
}
