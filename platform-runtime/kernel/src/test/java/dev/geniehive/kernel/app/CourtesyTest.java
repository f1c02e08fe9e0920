package dev.geniehive.kernel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whoever lets others go looks at the clock before and after; so it is seen who does. */
class CourtesyTest {
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private final AtomicLong step = new AtomicLong();
    private final Courtesy courtesy = new Courtesy(() -> {
        looks.incrementAndGet();
        return now.getAndAdd(step.get());
    });

    @Test
    void isLeftOutWhereNobodyElseIsReady() {
        for (int i = 0; i < 16; i++) {
            courtesy.letOthersGo();
        }
        assertThat(looks).hasValue(2);

        courtesy.letOthersGo();

        assertThat(looks).hasValue(4);
    }

    @Test
    void goesOnWhileOthersAre() {
        step.set(30_000);

        for (int i = 0; i < 20; i++) {
            courtesy.letOthersGo();
        }

        assertThat(looks).hasValue(40);
    }

    @Test
    void whoWaitsToBeAskedLetsThoseInWhoWereWoken() {
        step.set(30_000);
        courtesy.letOthersGoInTurns();
        assertThat(looks).hasValue(2);

        now.set(2_100_000);
        courtesy.letOthersGoInTurns();
        assertThat(looks).as("only whose turn it is").hasValue(3);

        now.set(4_200_000);
        courtesy.letOthersGoInTurns();
        assertThat(looks).hasValue(5);
    }
}
