package dev.geniehive.control.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.HiveSnapshot;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final HeldHive held = new HeldHive();

    @Test
    void tellsOfAHostThatJoinsWithWhatItServes() {
        HiveSnapshot before = held.now();
        held.serves("box/llama", "qwen");

        assertThat(Changes.between(before, held.now()))
                .extracting(Change::kind, Change::subject)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("host.joined", "box"),
                        org.assertj.core.groups.Tuple.tuple("service.healthy", "box/llama"),
                        org.assertj.core.groups.Tuple.tuple("model.known", "qwen"));
    }

    @Test
    void tellsOfALossAndOfAReturn() {
        held.serves("box/llama", "qwen");
        HiveSnapshot there = held.now();
        held.after(HeldHive.LOST_AFTER.plusSeconds(1)).hive().sweep();
        HiveSnapshot lost = held.now();
        held.beat("box");

        assertThat(Changes.between(there, lost)).extracting(Change::kind).contains("host.lost");
        assertThat(Changes.between(lost, held.now())).extracting(Change::kind).contains("host.online");
    }

    @Test
    void tellsWhyAServiceFeelsOtherwise() {
        held.serves("box/llama", "qwen");
        HiveSnapshot before = held.now();
        held.hive().suspect("box/llama", ServiceHealth.UNREACHABLE, "nobody listens there");

        assertThat(Changes.between(before, held.now()))
                .extracting(Change::message)
                .contains(
                        "Service box/llama is unreachable: nobody listens there",
                        "Nobody has the model qwen any more.");
    }

    @Test
    void isSilentWhereNothingChanged() {
        held.serves("box/llama", "qwen");
        HiveSnapshot before = held.now();
        held.beat("box");

        assertThat(Changes.between(before, held.now())).isEmpty();
    }
}
