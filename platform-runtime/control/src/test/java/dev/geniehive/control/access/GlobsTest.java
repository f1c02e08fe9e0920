package dev.geniehive.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {
    @ParameterizedTest
    @CsvSource({
        "llama,llama,true",
        "llama,llama3,false",
        "llama*,llama3,true",
        "llama*,llama,true",
        "*,anything/at:all,true",
        "*/qwen*,org/qwen3:8b,true",
        "*/qwen*,qwen3,false",
        "a*b*c,aXbYbZc,true",
        "a*b*c,aXcYb,false",
        "'',x,false",
        "'','',true"
    })
    void fitsAsAShellWould(String pattern, String name, boolean fits) {
        assertThat(Globs.fits(pattern, name)).isEqualTo(fits);
    }

    @Test
    void takesNoPatternsForNoLimit() {
        assertThat(Globs.anyOrNone(List.of(), "x")).isTrue();
        assertThat(Globs.anyOrNone(List.of("y"), "x")).isFalse();
    }

    @Test
    void isNotTiredByHostilePatterns() {
        assertThat(Globs.fits("*a".repeat(200) + "b", "a".repeat(5_000))).isFalse();
    }
}
