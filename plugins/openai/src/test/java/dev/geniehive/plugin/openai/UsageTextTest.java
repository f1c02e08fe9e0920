package dev.geniehive.plugin.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.geniehive.api.model.Usage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTextTest {
    private static Optional<Usage> last(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return UsageText.last(bytes, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34,\"total_tokens\":46}}",
                "{ \"usage\" : {\n  \"completion_tokens\" : 34,\n  \"prompt_tokens\" : 12\n} }",
                "{\"usage\":{\"prompt_tokens_details\":{\"cached_tokens\":5,\"prompt_tokens\":9},\"prompt_tokens\":12,\"completion_tokens\":34}}",
                "{\"usage\":{\"note\":\"\\\"prompt_tokens\\\":7}\",\"prompt_tokens\":12,\"list\":[1,{\"prompt_tokens\":8}],\"completion_tokens\":34}}",
                "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}},{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34}},\"usage\":null",
                "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34}},{\"usage\":{\"prompt_tokens\":5,\"compl",
            })
    void findsTheLastThatIsWhole(String text) {
        assertEquals(Optional.of(new Usage(12, 34, false)), last(text));
    }

    @Test
    void anAnswerWithoutTokensOfItsOwnHasNone() {
        assertEquals(Optional.of(new Usage(12, 0, false)), last("\"usage\":{\"prompt_tokens\":12}"));
        assertEquals(
                Optional.of(new Usage(12, 0, false)),
                last("\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":null}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"usage\"",
                "\"usage\":",
                "\"usage\":null",
                "\"usage\":{}",
                "\"usage\":{\"prompt_tokens\":12",
                "\"usage\":{\"prompt_tokens\":12.5,\"completion_tokens\":1}",
                "\"usage\":{\"prompt_tokens\":-12,\"completion_tokens\":1}",
                "\"usage\":{\"prompt_tokens\":\"12\",\"completion_tokens\":1}",
                "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":1e3}",
                "\"usage\":{\"prompt_tokens\":1234567890123456789,\"completion_tokens\":1}",
                "\"usage\" {\"prompt_tokens\":12,\"completion_tokens\":1}",
                "{\"content\":\"say \\\"usage\\\":{\\\"prompt_tokens\\\":12}\"}",
            })
    void whatIsNoCountIsNoUsage(String text) {
        assertEquals(Optional.empty(), last(text));
    }
}
