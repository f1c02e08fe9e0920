package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.Service;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EjectionTest {
    private final HeldHive held = new HeldHive();
    private final Router router = new Router(RoutingRules.DEFAULTS, new ById(), Set.of("openai"), () -> 0);

    @Test
    void whoseRequestsMostlyFailIsAskedLastUntilThatIsLongAgo() {
        held.serves("box/a", "qwen").serves("box/b", "qwen").serves("box/c", "qwen");
        outcomes("box/a", 4, 4);

        assertThat(rows()).containsExactly("box/b FRONT", "box/c FRONT", "box/a EJECTED");

        held.after(Duration.ofMinutes(1));
        assertThat(rows()).containsExactly("box/a FRONT", "box/b FRONT", "box/c FRONT");
    }

    @Test
    void aFewFailuresAmongManyAnswersAreNoReason() {
        held.serves("box/a", "qwen").serves("box/b", "qwen");
        outcomes("box/a", 3, 9);

        assertThat(rows()).containsExactly("box/a FRONT", "box/b FRONT");
    }

    @Test
    void neverMoreThanHalfAreEjectedAndTheWorstAre() {
        held.serves("box/a", "qwen").serves("box/b", "qwen").serves("box/c", "qwen");
        outcomes("box/a", 6, 3);
        outcomes("box/b", 9, 0);
        outcomes("box/c", 6, 4);

        assertThat(rows()).containsExactly("box/a FRONT", "box/c FRONT", "box/b EJECTED");
    }

    @Test
    void whoFailsIsNoWayAroundThoseThatAreBusyAndTheLastResortOfThoseThatAreGone() {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.atMost(1))
                .has("attic/b", HeldHive.serving("qwen"), HeldHive.atMost(1));
        outcomes("box/a", 4, 0);

        assertThat(decide(held).takeSlot().orElseThrow().offer().service().id()).isEqualTo("attic/b");
        assertThat(decide(held).takeSlot()).isEmpty();

        held.hive().drain("attic", true);
        assertThat(decide(held).takeSlot().orElseThrow().offer().service().id()).isEqualTo("box/a");
    }

    @Test
    void whereAllRestTheyAreAskedNevertheless() {
        held.serves("box/a", "qwen").serves("box/b", "qwen");
        for (int i = 0; i < 3; i++) {
            held.service("box/a").gauge().breaker().failed();
            held.service("box/b").gauge().breaker().failed();
        }

        assertThat(rows()).containsExactly("box/a RESTING", "box/b RESTING");
        assertThat(decide(held).takeSlot()).isPresent();
    }

    @Test
    void theOnlyOneIsNeverEjected() {
        held.serves("box/a", "qwen");
        outcomes("box/a", 9, 0);

        assertThat(rows()).containsExactly("box/a FRONT");
    }

    @Test
    void whoRestsCountsAmongThoseAtTheBack() {
        held.serves("box/a", "qwen").serves("box/b", "qwen").serves("box/c", "qwen");
        for (int i = 0; i < 3; i++) {
            held.service("box/a").gauge().breaker().failed();
        }
        outcomes("box/b", 9, 0);

        assertThat(rows()).containsExactly("box/b FRONT", "box/c FRONT", "box/a RESTING");
    }

    @Test
    void whateverFailsHalfOfThemStayInFrontOrAllRest() {
        Random random = new Random(20_260_822);
        for (int round = 0; round < 300; round++) {
            HeldHive hive = new HeldHive();
            int services = 1 + random.nextInt(8);
            for (int i = 0; i < services; i++) {
                hive.serves("box/s" + i, "qwen");
                Service service = hive.service("box/s" + i);
                for (int request = random.nextInt(12); request > 0; request--) {
                    if (random.nextInt(3) == 0) {
                        service.gauge().performance("qwen").succeeded();
                    } else {
                        service.gauge().performance("qwen").failed();
                    }
                }
            }

            List<Verdict.Eligible> eligible = decide(hive).eligible();

            assertThat(eligible).hasSize(services);
            assertThat(eligible.stream().filter(one -> one.row() == Verdict.Row.FRONT))
                    .hasSizeGreaterThanOrEqualTo((services + 1) / 2);
            assertThat(eligible).extracting(Verdict.Eligible::row).isSorted();
        }
    }

    private void outcomes(String service, int failed, int succeeded) {
        for (int i = 0; i < failed; i++) {
            held.service(service).gauge().performance("qwen").failed();
        }
        for (int i = 0; i < succeeded; i++) {
            held.service(service).gauge().performance("qwen").succeeded();
        }
    }

    private List<String> rows() {
        return decide(held).eligible().stream()
                .map(one -> one.offer().service().id() + " " + one.row())
                .toList();
    }

    private Decision decide(HeldHive hive) {
        return router.decide(hive.now(), new RouteRequest(Operation.CHAT, "qwen"), Need.NOTHING);
    }
}
