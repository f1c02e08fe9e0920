package dev.geniehive.control.hive.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SketchTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Sketch sketch = new Sketch(0.1);

    @Test
    void knowsNothingWhereNothingWasSeen() {
        assertThat(sketch.quantile(0.5)).isEmpty();
        assertThat(sketch.json(0)).hasToString("{}");
    }

    @Test
    void isRightWithinFivePercentWhateverTheValues() {
        Random random = new Random(20_260_822);
        for (int round = 0; round < 50; round++) {
            Sketch one = new Sketch(0.1);
            double[] values = new double[500];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.exp(random.nextGaussian() + 1 + round / 10.0);
                one.add(values[i], i);
            }
            Arrays.sort(values);

            assertThat(one.quantile(0.5).orElseThrow()).isCloseTo(values[249], Percentage.withPercentage(5.1));
            assertThat(one.quantile(0.95).orElseThrow()).isCloseTo(values[474], Percentage.withPercentage(5.1));
        }
    }

    @Test
    void takesWhatIsTooSmallOrTooLargeForTheNearestItKnows() {
        sketch.add(0, 0);
        assertThat(sketch.quantile(0.5).orElseThrow()).isCloseTo(0.1, within(0.01));

        Sketch large = new Sketch(0.1);
        large.add(1e300, 0);
        assertThat(large.quantile(0.5).orElseThrow()).isGreaterThan(300_000);
    }

    @Test
    void letsTheNewOutweighTheOldAndKeepsTheOldWhileThereIsNothingNew() {
        for (int i = 0; i < 100; i++) {
            sketch.add(100, 0);
        }
        assertThat(median()).isCloseTo(100, within(5.0));

        for (int i = 0; i < 10; i++) {
            sketch.add(900, 4 * HOUR); // a hundred of eight half-lives ago weigh less than one
        }
        assertThat(median()).isCloseTo(900, within(45.0));
    }

    @Test
    void goesOnForYears() {
        for (int day = 0; day < 1000; day++) {
            sketch.add(100 + day % 3, day * 24L * HOUR);
        }
        assertThat(median()).isCloseTo(101, within(6.0));

        sketch.add(500, 1_000_000 * HOUR);
        assertThat(median()).isCloseTo(500, within(25.0));
    }

    @Test
    void isTheSameAfterItWasWrittenAndReadAndTakesTheAgeIntoAccount() {
        sketch.add(100, 0);
        sketch.add(100, 0);
        sketch.add(900, HOUR);
        Json written = Json.parse(sketch.json(HOUR).toString());

        Sketch read = new Sketch(0.1);
        read.remember(written, 0, 77);
        assertThat(read.json(77)).isEqualTo(sketch.json(HOUR));

        Sketch old = new Sketch(0.1);
        old.add(5, 0);
        old.remember(written, 20, 0);
        assertThat(old.quantile(0.99).orElseThrow()).isLessThan(6);
    }

    @Test
    void addsUpWhatSeveralHaveSeen() {
        Sketch other = new Sketch(0.1);
        sketch.add(100, 0);
        other.add(900, HOUR);
        other.add(900, HOUR);

        sketch.addAll(other, HOUR);

        assertThat(sketch.quantile(0.05).orElseThrow()).isCloseTo(100, within(5.0));
        assertThat(median()).isCloseTo(900, within(45.0));
    }

    @Test
    void leavesOutWhatIsNoWeight() {
        sketch.remember(Json.parse("{\"3\":-1,\"4\":\"x\",\"9999\":7,\"5\":1e300,\"a\":1}"), 0, 0);

        assertThat(sketch.quantile(0.5)).isEmpty();
    }

    private double median() {
        return sketch.quantile(0.5).orElseThrow();
    }
}
