package dev.geniehive.control.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPatternTest {
    @ParameterizedTest
    @CsvSource({
        "qwen3-coder, qwen3-coder, true",
        "qwen3-coder, qwen3-coder:30b, true",
        "qwen3-coder, qwen3-coder_30b, true",
        "qwen3-coder, qwen3-coder@Q4_K_M, true",
        "qwen3-coder, Qwen/Qwen3-Coder-30B-A3B-Instruct, true",
        "Qwen/Qwen3-Coder, qwen/qwen3-coder-30b, true",
        "qwen3-coder, /models/qwen3-coder-30b.gguf, true",
        "qwen3-coder, qwen3-coder.gguf, true",
        "qwen3-coder, qwen3-coderx, false",
        "qwen3-coder, my-qwen3-coder, false",
        "llama-3, llama-3.1-8b, false",
        "llama-3.1, llama-3.1-8b, true",
        "qwen*-coder-*, qwen2.5-coder-7b, true",
        "qwen*-coder-*, org/qwen2.5-coder-7b, true",
        "qwen*-coder, qwen2.5-coder-7b, false",
        "*, anything/at:all, true"
    })
    void fitsFamiliesAndNames(String pattern, String name, boolean fits) {
        assertThat(ModelPattern.of(pattern).fits(name)).isEqualTo(fits);
    }

    @Test
    void aSizeIsOfParametersOrOfBytes() {
        Asset asset = Asset.loaded("m").sized(20L << 30, 32_000_000_000L);

        assertThat(MaxSize.of("40B").orElseThrow().isBelow(asset)).isFalse();
        assertThat(MaxSize.of("30B").orElseThrow().isBelow(asset)).isTrue();
        assertThat(MaxSize.of("31.9B").orElseThrow().isBelow(asset)).isTrue();
        assertThat(MaxSize.of("24GiB").orElseThrow().isBelow(asset)).isFalse();
        assertThat(MaxSize.of("20GB").orElseThrow().isBelow(asset)).isTrue();
        assertThat(MaxSize.of("1B").orElseThrow().isBelow(Asset.loaded("unknown")))
                .isFalse();
        assertThat(MaxSize.of("40")).isEmpty();
        assertThat(MaxSize.of("0B")).isEmpty();
        assertThat(MaxSize.of("big")).isEmpty();
    }
}
