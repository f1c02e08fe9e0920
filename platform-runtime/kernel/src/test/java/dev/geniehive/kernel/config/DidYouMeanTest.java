package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> WORDS = List.of("host", "port", "max-body", "max-upload", "drain-timeout");

    @ParameterizedTest
    @CsvSource({
        "prot,port",
        "hots,host",
        "maxBody,max-body",
        "max_body,max-body",
        "drain-timout,drain-timeout",
        "maxupload,max-upload"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(DidYouMean.among(WORDS, written)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "x", "timeout-of-something"})
    void saysNothingWhereNothingIsNear(String written) {
        assertThat(DidYouMean.among(WORDS, written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,acb,1", "abc,ab,1", "abc,abd,1", "abc,xyz,3", "'',abc,3"})
    void countsChanges(String a, String b, int distance) {
        assertThat(DidYouMean.distance(a, b)).isEqualTo(distance);
    }
}
