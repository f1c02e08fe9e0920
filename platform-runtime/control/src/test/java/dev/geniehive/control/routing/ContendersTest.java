package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Signals;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Trail;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The numbers of candidates and the signals of the objects made of them say the same. */
class ContendersTest {
    private static final int UNKNOWN = -1;

    private final HeldHive held = new HeldHive()
            .has("box/a", HeldHive.slots(HeldHive.serving("qwen"), 4, 1), HeldHive.cost(2))
            .serves("box/b", "qwen")
            .away("box", 3);

    @Test
    void numbersAreThoseOfTheSignalsWhoeverIsAskedFirst() {
        held.sweep();
        happens();

        Contenders signalsFirst = contenders();
        List<Signals> signals = signals(signalsFirst);
        assertThat(numbers(signalsFirst)).isEqualTo(numbers(signals));

        Contenders numbersFirst = contenders();
        List<List<Object>> numbers = numbers(numbersFirst);
        assertThat(numbers(signals(numbersFirst))).isEqualTo(numbers);
        assertThat(numbers).isEqualTo(numbers(signals));
    }

    @Test
    void staysAsItWasWhateverHappensThen() {
        Contenders contenders = contenders();
        contenders.candidate(0);
        List<List<Object>> before = numbers(contenders);

        happens();

        assertThat(numbers(contenders)).isEqualTo(before);
        assertThat(numbers(signals(contenders))).isEqualTo(before);
        assertThat(numbers(contenders())).isNotEqualTo(before);
    }

    @Test
    void madeIsEachOnce() {
        Contenders contenders = contenders();

        assertThat(contenders.candidate(1))
                .isSameAs(contenders.all().get(1))
                .isSameAs(contenders.member(1).candidate());
        assertThat(contenders.place(contenders.candidate(1))).isEqualTo(1);
        assertThat(contenders.place(contenders().candidate(1))).isEqualTo(-1);
    }

    /** Everything about the first one changes. */
    private void happens() {
        Offer first = offers().getFirst();
        for (int i = 0; i < 3; i++) {
            first.gauge().tryTake(OptionalInt.empty());
        }
        first.performance().firstToken(TimeUnit.MILLISECONDS.toNanos(400));
        first.performance().firstToken(TimeUnit.MILLISECONDS.toNanos(100));
        first.performance().wrote(100, TimeUnit.SECONDS.toNanos(2));
        first.performance().chosen();
        held.after(Duration.ofSeconds(1));
    }

    private List<Offer> offers() {
        return held.now().offers("qwen");
    }

    private Contenders contenders() {
        List<Casting.Fit> fits =
                offers().stream().map(offer -> new Casting.Fit(offer, 0)).toList();
        return new Contenders(Field.of(fits, Operation.CHAT, false), 0, Trail.NONE, () -> 0.25);
    }

    private static List<Signals> signals(Contenders contenders) {
        return contenders.all().stream().map(Candidate::signals).toList();
    }

    private static List<List<Object>> numbers(List<Signals> all) {
        return all.stream()
                .<List<Object>>map(one -> List.of(
                        one.loaded(),
                        one.health(),
                        one.outstanding(),
                        one.slots().orElse(UNKNOWN),
                        one.queueDepth().orElse(UNKNOWN),
                        one.priority(),
                        one.cost(),
                        one.expectedFirstTokenMillis(),
                        one.tieBreak(),
                        one.peakFirstTokenMillis(),
                        one.tokensPerSecond(),
                        one.roundTripMillis(),
                        one.gpuUtilization().orElse(UNKNOWN),
                        one.prefixMatch(),
                        one.sameSession(),
                        one.lastChosen()))
                .toList();
    }

    private static List<List<Object>> numbers(Candidates all) {
        return IntStream.range(0, all.size())
                .<List<Object>>mapToObj(i -> List.of(
                        all.loaded(i),
                        all.health(i),
                        all.outstanding(i),
                        all.slots(i, UNKNOWN),
                        all.queueDepth(i, UNKNOWN),
                        all.priority(i),
                        all.cost(i),
                        all.expectedFirstTokenMillis(i),
                        all.tieBreak(i),
                        all.peakFirstTokenMillis(i),
                        all.tokensPerSecond(i),
                        all.roundTripMillis(i),
                        all.gpuUtilization(i, UNKNOWN),
                        all.prefixMatch(i),
                        all.sameSession(i),
                        all.lastChosen(i)))
                .toList();
    }
}
