package dev.geniehive.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageStreamTest {
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34}";

    @ParameterizedTest
    @ValueSource(ints = {0, 400, 470, 512, 1000, 8100, 8192, 8193, 20_000, 100_000})
    void findsUsageAtTheEndHoweverTheBytesAreCut(int before) throws IOException {
        String reply = "{\"text\":\"%s\",%s}".formatted("x".repeat(before), USAGE);

        for (int seed = 0; seed < 20; seed++) {
            assertThat(read(reply, seed).reported()).as("seed %d", seed).contains(new Usage(12, 34, false));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 400, 470, 1000, 8100, 8192, 20_000, 100_000})
    void findsUsageAtTheBeginningHoweverTheBytesAreCut(int after) throws IOException {
        String reply = "{%s,\"text\":\"%s\"}".formatted(USAGE, "x".repeat(after));

        for (int seed = 0; seed < 20; seed++) {
            assertThat(read(reply, seed).reported()).as("seed %d", seed).contains(new Usage(12, 34, false));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 100})
    void countsEventsHoweverTheBytesAreCut(int events) throws IOException {
        String stream =
                ": hello\n\n" + "data: {\"text\":\"data: {\"}\n\n".repeat(events) + "data:{}\n\ndata: [DONE]\n\n";

        for (int seed = 0; seed < 20; seed++) {
            assertThat(read(stream, seed).events()).as("seed %d", seed).isEqualTo(events + 1);
        }
    }

    private static UsageStream read(String text, int seed) throws IOException {
        UsageStream stream = new UsageStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        Random random = new Random(seed);
        int most = 1 + random.nextInt(10_000);
        byte[] buffer = new byte[most];
        int count = 0;
        while (count >= 0) {
            count = stream.read(buffer, 0, 1 + random.nextInt(most));
        }
        return stream;
    }
}
