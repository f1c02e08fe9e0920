package dev.geniehive.jmh;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.control.routing.Verdict;
import dev.geniehive.plugin.ranking.RankingPlugin;
import dev.geniehive.testkit.FakeConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The decision who gets a request, in a hive of 10,000 services. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingSpeed {
    private static final int DECISIONS = 100;
    private static final RouteRequest REQUEST = new RouteRequest(Operation.CHAT, LargeHive.NAME);

    /** Nothing was learned, nobody has anything to do, and nothing changes. */
    @State(Scope.Thread)
    public static class Idle {
        /** How many services have the name. */
        @Param({"1", "20", "200"})
        public int named;

        private LargeHive hive;
        private Router router;

        @Setup
        public void prepare() {
            hive = new LargeHive(named, false);
            router = router();
        }
    }

    /** All have answered before, half of all slots are taken, and each decision takes one and gives another one back. */
    @State(Scope.Thread)
    public static class Busy {
        /** How many services have the name. */
        @Param({"1", "20", "200"})
        public int named;

        private final Deque<Verdict.Eligible> taken = new ArrayDeque<>();
        private LargeHive hive;
        private Router router;

        @Setup
        public void prepare() {
            hive = new LargeHive(named, true).seen();
            router = router();
            for (int i = 0; i < named * LargeHive.SLOTS / 2; i++) {
                take();
            }
        }

        Decision next() {
            taken.remove().offer().gauge().give();
            return take();
        }

        private Decision take() {
            Decision decision = router.decide(hive.now(), REQUEST, Need.NOTHING);
            taken.add(decision.takeSlot().orElseThrow());
            return decision;
        }
    }

    /** The same, and a service that has the name says something new before every hundredth decision. */
    @State(Scope.Thread)
    public static class Changing extends Busy {
        @Setup(Level.Invocation)
        public void change() {
            super.hive.change();
        }
    }

    private static Router router() {
        return new Router(
                RoutingRules.DEFAULTS,
                loadedFirst(),
                Set.of("openai"),
                () -> ThreadLocalRandom.current().nextDouble());
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
    public Decision decide(Idle idle) {
        return idle.router.decide(idle.hive.now(), REQUEST, Need.NOTHING);
    }

    /** The slots are taken and given back within the time. */
    @Benchmark
    public Decision decideAndTake(Busy busy) {
        return busy.next();
    }

    /** The change itself is not within the time, what it makes the next decisions work out anew is. */
    @Benchmark
    @OperationsPerInvocation(DECISIONS)
    public void decideAndTakeWhileTheNameChanges(Changing changing, Blackhole hole) {
        for (int i = 0; i < DECISIONS; i++) {
            hole.consume(changing.next());
        }
    }
}
