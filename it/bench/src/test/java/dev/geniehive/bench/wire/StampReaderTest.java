package dev.geniehive.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampReaderTest {
    private static final String FIRST = "data: {\"content\":\"@t=0000000000000000007 x\"}\n\n";
    private static final String SECOND = "data: {\"content\":\"@t=1234567890123456789 x\"}\n\n";

    private final List<String> stamps = new ArrayList<>();
    private final StampReader reader = new StampReader((sent, arrived) -> stamps.add(sent + "@" + arrived));

    @Test
    void findsStampsWhereverTheBytesAreCut() {
        String text = FIRST + SECOND + "data: [DONE]\n\n";

        for (int i = 0; i < text.length(); i++) {
            take(text.substring(i, i + 1), i);
        }

        assertThat(stamps).hasSize(2).first().asString().startsWith("7@");
        assertThat(stamps.getLast()).startsWith("1234567890123456789@");
        assertThat(reader.isDone()).isTrue();
        assertThat(reader.merged()).isZero();
    }

    @Test
    void countsChunksThatCameByOneRead() {
        take(FIRST + SECOND, 1);
        take(FIRST, 2);

        assertThat(reader.chunks()).isEqualTo(3);
        assertThat(reader.merged()).isEqualTo(1);
        assertThat(reader.isDone()).isFalse();
    }

    @Test
    void passesOverWhatOnlyLooksLikeAStamp() {
        take("@@t=12x @t=\" [[DON [DON]", 1);

        assertThat(stamps).isEmpty();
        assertThat(reader.isDone()).isFalse();
        take("@@t=0000000000000000042", 2);
        assertThat(stamps).containsExactly("42@2");
    }

    private void take(String text, long at) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        reader.take(bytes, 0, bytes.length, at);
    }
}
