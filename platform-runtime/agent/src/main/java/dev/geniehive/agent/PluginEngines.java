package dev.geniehive.agent;

import dev.geniehive.agent.discovery.Engines;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.kernel.plugin.Lent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The engines that plugins bring.
 *
 * @param lent by name, as of now
 */
record PluginEngines(Supplier<Map<String, Lent<Engine>>> lent) implements Engines {
    private static final Duration QUICK = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(15);

    @Override
    public Set<String> names() {
        return lent.get().keySet();
    }

    @Override
    public Map<String, List<Integer>> usualPorts() {
        Map<String, List<Integer>> ports = new HashMap<>();
        lent.get().forEach((name, engine) -> ports.put(name, portsOf(engine)));
        return ports;
    }

    @Override
    public Recognition fingerprint(String engine, Upstream upstream) throws InterruptedException {
        return named(engine).callWithin(QUICK, itself -> itself.fingerprint(upstream));
    }

    @Override
    public Inventory inspect(String engine, Upstream upstream) throws InterruptedException {
        return named(engine).callWithin(LOOK, itself -> itself.inspect(upstream));
    }

    private Lent<Engine> named(String engine) {
        Lent<Engine> found = lent.get().get(engine);
        if (found == null) {
            throw new GenieException(ErrorKind.UNAVAILABLE, "No plugin knows the engine '%s'.".formatted(engine));
        }
        return found;
    }

    private static List<Integer> portsOf(Lent<Engine> engine) {
        try {
            return engine.call(Engine::usualPorts);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
