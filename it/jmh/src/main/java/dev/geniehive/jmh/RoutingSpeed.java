package dev.geniehive.jmh;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.plugin.ranking.RankingPlugin;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeConfig;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The decision who gets a request, in a hive of 10,000 services. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingSpeed {
    private static final int HOSTS = 50;
    private static final int SERVICES = 10_000;

    /** How many services have the name. */
    @Param({"1", "20", "200"})
    public int named;

    private final RouteRequest request = new RouteRequest(Operation.CHAT, "qwen");
    private HiveSnapshot hive;
    private Router router;

    @Setup
    public void prepare() {
        Hive full = new Hive(System::nanoTime, InstantSource.system(), Duration.ofSeconds(1), Duration.ofSeconds(5));
        for (int host = 0; host < HOSTS; host++) {
            Assignment assigned = full.register(new Registration(
                    Optional.empty(), "host" + host, "", "0", Map.of(), new Platform("Linux 6", "amd64", 8, 1024)));
            full.report(Heartbeat.full(assigned.nodeId(), 1, services(host)));
        }
        hive = full.snapshot();
        router = new Router(
                RoutingRules.DEFAULTS,
                loadedFirst(),
                Set.of("openai"),
                () -> ThreadLocalRandom.current().nextDouble());
        int found = router.decide(hive, request, Need.NOTHING).eligible().size();
        if (hive.services().size() != SERVICES || found != named) {
            throw new IllegalStateException(
                    "%d services, %d with the name".formatted(hive.services().size(), found));
        }
    }

    private List<ServiceReport> services(int host) {
        List<ServiceReport> services = new ArrayList<>();
        for (int i = 0; i < SERVICES / HOSTS; i++) {
            int number = i * HOSTS + host;
            String model = number < named ? "qwen" : "other-" + number;
            services.add(new ServiceReport(
                    "service" + i,
                    "openai-compatible",
                    new Reach.Direct(URI.create("http://10.0.0.1:8080"), Optional.empty()),
                    Terms.NONE,
                    Inventory.healthy("1", List.of(Asset.loaded(model)), Map.of(Operation.CHAT, "openai")),
                    1));
        }
        return services;
    }

    /** {@return the default policy, as it is without a configuration} */
    @SuppressWarnings("unchecked") // the plugin offers ranking policies only
    private static RankingPolicy loadedFirst() {
        ExtensionContext context = FakeConfig::empty;
        for (Extension<?, ?> extension : new RankingPlugin().extensions()) {
            if (extension.name().equals("loaded-first")) {
                return ((Extension<RankingPolicy, ExtensionContext>) extension)
                        .create()
                        .apply(context);
            }
        }
        throw new IllegalStateException("no policy is called loaded-first");
    }

    @Benchmark
    public Decision decide() {
        return router.decide(hive, request, Need.NOTHING);
    }
}
