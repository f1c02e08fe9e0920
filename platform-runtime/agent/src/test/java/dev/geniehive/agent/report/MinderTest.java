package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.agent.discovery.Engines;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MinderTest {
    private static final Inventory WELL =
            Inventory.healthy("1", List.of(Asset.loaded("m")), Map.of(Operation.CHAT, "openai"));

    private final AtomicLong now = new AtomicLong();
    private final SynchronousQueue<Supplier<Inventory>> says = new SynchronousQueue<>();
    private final Minder minder = new Minder(
            new ServiceSpec(
                    "e",
                    Optional.of("fake"),
                    URI.create("http://x"),
                    Terms.NONE,
                    Optional.empty(),
                    ServiceSpec.Origin.CONFIGURED),
            "fake",
            new Minder.Means(new Scripted(says), new FakeUpstream()),
            now::get,
            Duration.ofHours(1),
            () -> {});

    @AfterEach
    void stop() {
        minder.close();
    }

    @Test
    void takesAServiceThatIsGoneToHaveWhatItHad() throws Exception {
        see(() -> WELL);

        Inventory gone = see(failing(Failure.REFUSED));

        assertThat(gone.health()).isEqualTo(ServiceHealth.UNREACHABLE);
        assertThat(gone.assets())
                .as("known, and not loaded as long as it is away")
                .containsExactly(Asset.installed("m"));
        assertThat(gone.adapters()).isEqualTo(WELL.adapters());
    }

    @Test
    void takesOneThatListensAndSaysNothingForBusyAndNotForGoneForAMinute() throws Exception {
        see(() -> WELL);

        now.addAndGet(Duration.ofSeconds(59).toNanos());
        Inventory busy = see(failing(Failure.FIRST_BYTE_TIMED_OUT));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        Inventory gone = see(failing(Failure.FIRST_BYTE_TIMED_OUT));

        assertThat(busy.health()).isEqualTo(ServiceHealth.DEGRADED);
        assertThat(busy.assets()).isEqualTo(WELL.assets());
        assertThat(gone.health()).isEqualTo(ServiceHealth.UNREACHABLE);
    }

    @Test
    void doesNotTakeOneForBusyThatNeverAnswered() throws Exception {
        assertThat(see(failing(Failure.FIRST_BYTE_TIMED_OUT)).health()).isEqualTo(ServiceHealth.UNREACHABLE);
    }

    @Test
    void forgetsWhatAHealthyServiceNoLongerHas() throws Exception {
        see(() -> WELL);

        Inventory emptied = see(() -> Inventory.healthy("1", List.of(), Map.of()));

        assertThat(emptied.assets()).isEmpty();
    }

    /** {@return what it thinks after a look that saw that} */
    private Inventory see(Supplier<Inventory> what) throws InterruptedException {
        long looks = minder.report().looks();
        minder.lookNow();
        assertThat(says.offer(what, 5, TimeUnit.SECONDS)).isTrue();
        while (minder.report().looks() == looks) {
            Thread.onSpinWait();
        }
        return minder.report().inventory();
    }

    private static Supplier<Inventory> failing(Failure failure) {
        return () -> {
            throw new UpstreamException(failure, true, "nothing came");
        };
    }

    private record Scripted(SynchronousQueue<Supplier<Inventory>> says) implements Engines {
        @Override
        public Set<String> names() {
            return Set.of("fake");
        }

        @Override
        public Map<String, List<Integer>> usualPorts() {
            return Map.of();
        }

        @Override
        public Recognition fingerprint(String engine, Upstream upstream) {
            return new Recognition.Stranger("not asked here");
        }

        @Override
        public Inventory inspect(String engine, Upstream upstream) throws InterruptedException {
            return says.take().get();
        }
    }
}
