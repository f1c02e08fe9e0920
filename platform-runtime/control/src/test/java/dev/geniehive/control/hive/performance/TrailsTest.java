package dev.geniehive.control.hive.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrailsTest {
    private static final String SYSTEM = words(1, 4 * Trails.BLOCK);

    private final Trails trails = new Trails(new Random(1));
    private final Performance warm = new Performance(() -> 1, new AtomicLong());
    private final Performance cold = new Performance(() -> 1, new AtomicLong());

    @Test
    void knowsAConversationThatGoesOn() {
        follow(chat(SYSTEM, words(2, 2 * Trails.BLOCK)));

        assertThat(match(chat(SYSTEM, words(2, 2 * Trails.BLOCK), words(3, 2 * Trails.BLOCK))))
                .isCloseTo(6.0 / 8, within(0.01));
    }

    @Test
    void knowsABeginningThatOthersShareWhateverComesBeforeThePrompt() {
        follow("{\"model\":\"a\",\"messages\":[\"" + SYSTEM + words(2, 4 * Trails.BLOCK) + "\"]}");

        assertThat(match("{\"temperature\":0.5,\"model\":\"b\",\"messages\":[\"" + SYSTEM + words(3, 4 * Trails.BLOCK)
                        + "\"]}"))
                .isCloseTo(0.5, within(0.01));
    }

    @Test
    void doesNotKnowTheSameTextAfterAnotherBeginning() {
        follow(chat(SYSTEM, words(2, 4 * Trails.BLOCK)));

        assertThat(match(chat(words(9, SYSTEM.length()), words(2, 4 * Trails.BLOCK))))
                .isZero();
    }

    @Test
    void doesNotKnowWhatAnotherServiceHasRead() {
        follow(chat(SYSTEM));

        assertThat(trail("", chat(SYSTEM)).match(cold)).isZero();
        assertThat(trail("", chat(SYSTEM)).match(warm)).isEqualTo(1);
    }

    @Test
    void takesNothingFromPromptsThatAreShorterThanABlock() {
        follow(chat("hello"));

        assertThat(match(chat("hello"))).isZero();
    }

    @Test
    void readsOnlyTheBeginningOfALongPrompt() {
        String body = chat(words(1, 4 * Trails.BLOCK * Trails.MOST_BLOCKS));
        follow(body);

        assertThat(match(body)).isEqualTo(1);
        assertThat(match(body.substring(0, Trails.BLOCK * Trails.MOST_BLOCKS + 400) + "…and something else"))
                .isEqualTo(1);
    }

    @Test
    void forgetsTheOldestWhenItsRoomIsUsedUp() {
        follow(chat(SYSTEM));
        for (int i = 0; i < Prints.ROOM; i++) {
            follow(chat(words(100 + i, 4 * Trails.BLOCK)));
        }

        assertThat(match(chat(SYSTEM))).isLessThan(0.5);
        assertThat(match(chat(words(99 + Prints.ROOM, 4 * Trails.BLOCK)))).isEqualTo(1);
    }

    @Test
    void forgetsPromptsWhenTheModelIsGivenUp() {
        follow(chat(SYSTEM));

        warm.forgetPrompts();

        assertThat(match(chat(SYSTEM))).isZero();
    }

    @Test
    void hasNoFingerprintInCommonWithAnotherProcess() {
        follow(chat(SYSTEM));

        Trail elsewhere = new Trails(new Random(2)).of("me", "", () -> stream(chat(SYSTEM)));
        assertThat(elsewhere.match(warm)).isZero();
    }

    @Test
    void remembersWhereTheSessionOfAPrincipalWentLast() {
        Trail first = trail("s1", chat("x"));
        assertThat(first.isSessionOf(warm)).isFalse();
        first.leadsTo(warm);

        assertThat(trail("s1", chat("y")).isSessionOf(warm)).isTrue();
        assertThat(trail("s2", chat("y")).isSessionOf(warm)).isFalse();
        assertThat(trail("", chat("y")).isSessionOf(warm)).isFalse();
        assertThat(trails.of("somebody else", "s1", () -> stream("{}")).isSessionOf(warm))
                .isFalse();

        Trail second = trail("s1", chat("y"));
        assertThat(second.isSessionOf(cold)).isFalse();
        second.leadsTo(cold);
        assertThat(trail("s1", chat("z")).isSessionOf(cold)).isTrue();
        assertThat(trail("s1", chat("z")).isSessionOf(warm)).isFalse();
    }

    @Test
    void readsNoBodyAndKeepsNothingWhereNobodyAsks() {
        AtomicInteger opened = new AtomicInteger();
        Trail trail = trails.of("me", "s1", () -> {
            opened.incrementAndGet();
            return stream(chat(SYSTEM));
        });

        trail.leadsTo(warm);
        assertThat(opened).hasValue(0);
        assertThat(trail("s1", "{}").isSessionOf(warm)).isFalse();

        trail.match(warm);
        trail.match(cold);
        trail.leadsTo(warm);
        assertThat(opened).hasValue(1);
    }

    @Test
    void doesNotMindABodyThatIsGone() {
        Trail trail = trails.of("me", "", () -> {
            throw new UncheckedIOException(new IOException("ended"));
        });

        assertThat(trail.match(warm)).isZero();
        trail.leadsTo(warm);
    }

    private void follow(String body) {
        Trail trail = trail("", body);
        trail.match(warm);
        trail.leadsTo(warm);
    }

    private double match(String body) {
        return trail("", body).match(warm);
    }

    private Trail trail(String session, String body) {
        return trails.of("me", session, () -> stream(body));
    }

    private static ByteArrayInputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String chat(String... contents) {
        return "{\"model\":\"m\",\"messages\":[\"" + String.join("\",\"", contents) + "\"]}";
    }

    private static String words(int seed, int length) {
        Random random = new Random(seed);
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
