package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffersTest {
    private final HeldHive held = new HeldHive().serves("box/a", "qwen").serves("box/b", "phi");

    /** What somebody works out of them. */
    private static final class Worked {
        private final int offers;

        Worked(Offers offers) {
            this.offers = offers.size();
        }
    }

    @Test
    void whatIsMadeOfThemIsMadeOnceAndSharedBySnapshotsThatShareThem() {
        Worked made = worked();

        held.serves("box/b", "other");

        assertThat(worked()).isSameAs(made);
    }

    @Test
    void whatIsMadeOfThemIsGoneWithThem() {
        Worked made = worked();

        held.serves("attic/c", "qwen");

        assertThat(worked()).isNotSameAs(made);
        assertThat(worked().offers).isEqualTo(2);
    }

    @Test
    void anotherTypeTakesThePlace() {
        Worked made = worked();

        assertThat(held.now().offers("qwen").derived(Integer.class, Offers::size))
                .isEqualTo(1);
        assertThat(worked()).isNotSameAs(made);
    }

    private Worked worked() {
        return held.now().offers("qwen").derived(Worked.class, Worked::new);
    }
}
