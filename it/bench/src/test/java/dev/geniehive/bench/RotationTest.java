package dev.geniehive.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final List<String> SUBJECTS = List.of("a", "b", "c");

    @Test
    void everyoneBeginsOnceEachTimeAround() {
        assertThat(IntStream.range(0, 3).mapToObj(round -> Rotation.order(SUBJECTS, round)))
                .containsExactly(List.of("a", "b", "c"), List.of("b", "c", "a"), List.of("c", "a", "b"));
        assertThat(IntStream.range(3, 6)
                        .mapToObj(round -> Rotation.order(SUBJECTS, round).getFirst()))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void theSecondTimeAroundGoesBackwards() {
        assertThat(Rotation.order(SUBJECTS, 3)).containsExactly("c", "b", "a");
    }

    @Test
    void oneAloneIsAlwaysFirst() {
        assertThat(Rotation.order(List.of("a"), 7)).containsExactly("a");
    }
}
