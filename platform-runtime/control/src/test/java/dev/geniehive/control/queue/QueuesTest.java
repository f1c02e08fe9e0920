package dev.geniehive.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.testkit.FakeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueuesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void everyQueueExistsAndTheSectionSaysWhatIsSpecialAboutSome() {
        Queues queues = Queues.from(
                FakeConfig.of(Map.of(
                        "review",
                        Map.of(
                                "priority",
                                10,
                                "max-depth",
                                64,
                                "deadline",
                                Duration.ofSeconds(30),
                                "hosts",
                                List.of("gandalf"),
                                "overflow",
                                Map.of("allow", true, "queue-deadline", Duration.ofSeconds(5))),
                        "night",
                        Map.of())),
                512,
                MINUTE);

        assertThat(queues.of("review"))
                .isEqualTo(new QueueRules(
                        "review",
                        10,
                        64,
                        Duration.ofSeconds(30),
                        List.of("gandalf"),
                        Optional.of(Duration.ofSeconds(5))));
        assertThat(queues.of("night")).isEqualTo(new QueueRules("night", 512, MINUTE));
        assertThat(queues.of("shared")).isEqualTo(new QueueRules("shared", 512, MINUTE));
        assertThat(queues.named()).containsOnlyKeys("night", "review");
    }

    @Test
    void overflowIsOffUnlessItIsAllowed() {
        assertThat(Queues.overflowAfter(
                        FakeConfig.of(Map.of("queue-deadline", Duration.ofSeconds(5))), Duration.ofSeconds(60)))
                .isEmpty();
        assertThat(Queues.overflowAfter(FakeConfig.of(Map.of("allow", true)), Duration.ofSeconds(60)))
                .contains(Duration.ofSeconds(20));
    }

    @Test
    void rejectsWhatMakesNoSense() {
        FakeConfig overflow = FakeConfig.of(Map.of("allow", true));
        Queues.overflowAfter(overflow, Duration.ofSeconds(20));
        FakeConfig late = FakeConfig.of(Map.of("allow", true, "queue-deadline", Duration.ofSeconds(21)));
        Queues.overflowAfter(late, Duration.ofSeconds(20));
        FakeConfig named = FakeConfig.of(Map.of("No Name", Map.of()));
        Queues.from(named, 1, MINUTE);

        assertThat(overflow.rejected()).containsExactly("allow");
        assertThat(late.rejected()).containsExactly("queue-deadline");
        assertThat(named.rejected()).containsExactly("No Name");
    }
}
