package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Telemetry;
import dev.geniehive.protocol.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DispatchTest {
    private static final HeartbeatAnswer TAKEN =
            new HeartbeatAnswer(Duration.ofSeconds(1), false, List.of(), List.of());
    private static final Telemetry FEELING =
            new Telemetry(OptionalDouble.of(0.5), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private final Dispatch dispatch = new Dispatch();

    @Test
    void countsAGenerationForEveryChange() {
        assertThat(beat(well(1)).generation()).isEqualTo(1);
        dispatch.answered(TAKEN);
        Heartbeat same = beat(well(1));
        dispatch.answered(TAKEN);
        Heartbeat looked = beat(well(2));

        assertThat(same.generation()).isEqualTo(1);
        assertThat(same.services()).isEmpty();
        assertThat(looked.generation()).isEqualTo(2);
        assertThat(looked.services()).contains(List.of(well(2)));
    }

    @Test
    void sendsAgainWhatDidNotArrive() {
        beat(well(1));

        Heartbeat again = beat(well(1));

        assertThat(again.generation()).isEqualTo(1);
        assertThat(again.services()).isPresent();
    }

    @Test
    void startsAnewWhenTheControlPlaneDid() {
        beat(well(1));
        dispatch.answered(TAKEN);

        dispatch.startAnew();

        assertThat(beat(well(1)).services()).isPresent();
    }

    @Test
    void onlyHealthAndModelsAreWorthAHeartbeatOfTheirOwn() {
        beat(well(1));
        dispatch.answered(TAKEN);

        assertThat(dispatch.matters(List.of(well(2)))).as("looked at again").isFalse();
        assertThat(dispatch.matters(List.of(report(2, ServiceHealth.UNHEALTHY, Asset.loaded("m")))))
                .isTrue();
        assertThat(dispatch.matters(List.of(report(2, ServiceHealth.HEALTHY, Asset.installed("m")))))
                .isTrue();
        assertThat(dispatch.matters(List.of())).as("gone").isTrue();
    }

    @Test
    void tellsHowTheMachineFeelsEveryFiveSeconds() {
        assertThat(beatAt(0).telemetry()).contains(FEELING);
        assertThat(beatAt(4999).telemetry()).isEmpty();
        assertThat(beatAt(5000).telemetry()).contains(FEELING);
    }

    private Heartbeat beatAt(long millis) {
        return dispatch.next(
                "n",
                List.of(),
                List.of(),
                () -> Optional.of(FEELING),
                Duration.ofMillis(millis).toNanos());
    }

    private Heartbeat beat(ServiceReport report) {
        return dispatch.next("n", List.of(report), List.of(), Optional::empty, 0);
    }

    private static ServiceReport well(long looks) {
        return report(looks, ServiceHealth.HEALTHY, Asset.loaded("m"));
    }

    private static ServiceReport report(long looks, ServiceHealth health, Asset asset) {
        Inventory inventory =
                new Inventory(health, "", "", List.of(asset), Map.of(), Optional.empty(), OptionalInt.empty(), false);
        return new ServiceReport("s", "e", new Reach.Link(), Terms.NONE, inventory, looks);
    }
}
