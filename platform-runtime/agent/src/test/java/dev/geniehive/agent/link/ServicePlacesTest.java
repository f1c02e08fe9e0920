package dev.geniehive.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.agent.report.Household.Minded;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.link.LinkServices.Place;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServicePlacesTest {
    private static final Inventory SLOTS =
            Inventory.healthy("1", List.of(), Map.of()).load(Optional.of(new Slots(2, 0)), OptionalInt.empty());
    private static final Inventory SILENT = Inventory.healthy("1", List.of(), Map.of());

    @Test
    void knowsOnlyWhatIsMinded() {
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> places(OptionalInt.empty(), SILENT).take("other"))
                .withMessage("Host box has no service called 'other' now.")
                .satisfies(refused -> assertThat(refused.failure()).isEqualTo(Failure.REFUSED))
                .satisfies(refused -> assertThat(refused.sent()).isFalse());
    }

    @Test
    void isBusyAtTheOperatorsLimit() throws Exception {
        ServicePlaces places = places(OptionalInt.of(1), SLOTS);
        Place first = places.take("llama");
        assertThat(first.upstream().name()).isEqualTo("llama");

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> places.take("llama"))
                .withMessage("box/llama works on 1 requests already, which is its limit.")
                .satisfies(busy -> assertThat(busy.failure()).isEqualTo(Failure.BUSY))
                .satisfies(busy -> assertThat(busy.sent()).isFalse());

        first.close();
        first.close();
        assertThat(places.taken("llama")).isZero();
        places.take("llama").close();
    }

    @Test
    void isBusyWhenAsManyRequestsRunAsTheEngineHasSlots() throws Exception {
        ServicePlaces places = places(OptionalInt.empty(), SLOTS);
        places.take("llama");
        places.take("llama");

        assertThatExceptionOfType(UpstreamException.class).isThrownBy(() -> places.take("llama"));
    }

    @Test
    void neverIsWhereNobodySaysHowMany() throws Exception {
        ServicePlaces places = places(OptionalInt.empty(), SILENT);

        for (int i = 0; i < 100; i++) {
            places.take("llama");
        }

        assertThat(places.taken("llama")).isEqualTo(100);
    }

    @Test
    void waitsForAPlaceThatIsAboutToBeGivenBack() throws Exception {
        ServicePlaces places = places(OptionalInt.of(1), SLOTS, Duration.ofSeconds(15));
        Place first = places.take("llama");
        CountDownLatch asked = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var next = threads.submit(() -> {
                asked.countDown();
                return places.take("llama");
            });
            asked.await();
            first.close();

            next.get().close();
        }
        assertThat(places.taken("llama")).isZero();
    }

    @Test
    void holdsTheLimitAgainstManyAtOnce() throws Exception {
        ServicePlaces places = places(OptionalInt.of(7), SILENT);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        Callable<Boolean> contend = () -> {
            go.await();
            for (int i = 0; i < 500; i++) {
                try (Place place = places.take("llama")) {
                    assertThat(place).isNotNull();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                } catch (UpstreamException busy) {
                    Thread.onSpinWait();
                }
            }
            return true;
        };

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = Stream.generate(() -> threads.submit(contend)).limit(50).toList();
            go.countDown();
            for (var one : all) {
                assertThat(one.get()).isTrue();
            }
        }

        assertThat(most.get()).isBetween(1, 7);
        assertThat(places.taken("llama")).isZero();
    }

    private static ServicePlaces places(OptionalInt maxConcurrent, Inventory inventory) {
        return places(maxConcurrent, inventory, Duration.ofMillis(1));
    }

    private static ServicePlaces places(OptionalInt maxConcurrent, Inventory inventory, Duration patience) {
        ServiceSpec llama = new ServiceSpec(
                "llama",
                Optional.of("llamacpp"),
                URI.create("http://x"),
                new Terms(Map.of(), 0, 0, maxConcurrent, "lan"),
                Optional.empty(),
                ServiceSpec.Origin.CONFIGURED);
        return new ServicePlaces(
                "box",
                name -> Optional.of(new Minded(llama, inventory)).filter(known -> name.equals("llama")),
                spec -> new FakeUpstream(spec.name()),
                patience);
    }
}
