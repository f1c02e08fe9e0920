package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.protocol.Terms;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeighedTest {
    private final HeldHive held = new HeldHive();
    private final AtomicInteger told = new AtomicInteger();

    WeighedTest() {
        held.has("box/a", HeldHive.slots(HeldHive.serving("qwen"), 4, 0), Terms.NONE);
        held.hive().onChange(new Weighed(held.hive(), told::incrementAndGet));
    }

    @Test
    void howMuchAnEngineHasToDoIsNoReasonToDecideAnew() {
        held.has("box/a", HeldHive.slots(HeldHive.serving("qwen"), 4, 3), Terms.NONE);

        assertThat(held.service("box/a").inventory().slots().orElseThrow().busy())
                .isEqualTo(3);
        assertThat(told).hasValue(0);
    }

    @Test
    void whatDecidesWhoMayBeServedIs() {
        held.has("box/a", HeldHive.slots(HeldHive.serving("qwen"), 5, 0), Terms.NONE);
        assertThat(told).as("more slots").hasValue(1);
        held.has("box/a", HeldHive.slots(HeldHive.serving("qwen", "phi"), 5, 0), Terms.NONE);
        assertThat(told).as("another model").hasValue(2);
        held.has(
                "box/a",
                HeldHive.feeling(HeldHive.having(Asset.loaded("qwen")), ServiceHealth.UNHEALTHY, "hot"),
                Terms.NONE);
        assertThat(told).as("health").hasValue(3);
        held.has("box/a", HeldHive.having(Asset.loaded("qwen")), Terms.NONE.serving(List.of("review")));
        assertThat(told).as("another queue").hasValue(4);
        held.hive().drain("box", true);
        assertThat(told).as("a host that drains").hasValue(5);
        held.serves("attic/b", "qwen");
        assertThat(told.get()).as("another host").isGreaterThan(5);
    }
}
