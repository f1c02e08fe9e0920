package dev.geniehive.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.testkit.FakeBody;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingTest {
    private static final String NUMBERS =
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\": [ 0.25,-0.5 ,1e0 ]},"
                    + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[3,4,5.5]}],\"model\":\"m \\\"embedding\\\":[1]\","
                    + "\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}";

    @Test
    void passNumbersOnAsTheyAreToWhoWantsNumbers() throws Exception {
        assertThat(ask("{\"input\":\"a\"}", NUMBERS)).isEqualTo(NUMBERS);
        assertThat(ask("{\"input\":\"a\",\"encoding_format\":\"float\"}", NUMBERS))
                .isEqualTo(NUMBERS);
    }

    @Test
    void becomeBase64ForWhoWantsThatAndAnEngineThatDoesNotKnowIt() throws Exception {
        Json answer = Json.parse(ask("{\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}", NUMBERS));

        List<Json> data = answer.get("data").items();
        assertThat(floats(data.getFirst())).containsExactly(0.25f, -0.5f, 1f);
        assertThat(floats(data.getLast())).containsExactly(3f, 4f, 5.5f);
        assertThat(data).extracting(one -> one.get("index")).containsExactly(Json.of(0), Json.of(1));
        assertThat(answer.get("model")).isEqualTo(Json.of("m \"embedding\":[1]"));
        assertThat(answer.get("usage").get("prompt_tokens")).isEqualTo(Json.of(7));
    }

    @Test
    void passBase64OnAsItIs() throws Exception {
        String base64 = "{\"data\":[{\"embedding\":\"AACAPg==\",\"index\":0}],\"usage\":{\"prompt_tokens\":1}}";

        assertThat(ask("{\"encoding_format\":\"base64\"}", base64)).isEqualTo(base64);
    }

    @Test
    void passOnWhatIsNoVector() throws Exception {
        String nested = "{\"data\":[{\"embedding\":[[1,2],[3]]},{\"embedding\":[]},{\"embedding\":[\"x]\"]}]}";

        assertThat(ask("{\"encoding_format\":\"base64\"}", nested)).isEqualTo(nested);
    }

    @Test
    void keepOrderAndNumberInALargeAnswer() throws Exception {
        StringBuilder large = new StringBuilder("{\"data\":[");
        for (int i = 0; i < 2048; i++) {
            large.append(i == 0 ? "" : ",")
                    .append("{\"index\":%d,\"embedding\":[%d%s]}".formatted(i, i, ",0.125".repeat(255)));
        }
        large.append("]}");

        List<Json> data = Json.parse(ask("{\"encoding_format\":\"base64\",\"dimensions\":256}", large.toString()))
                .get("data")
                .items();

        assertThat(data).hasSize(2048);
        for (int i = 0; i < data.size(); i++) {
            assertThat(floats(data.get(i))).hasSize(256).startsWith((float) i);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,200", "2,400", "1024,400"})
    void areRefusedWhereTheEngineIgnoresDimensions(int dimensions, int status) throws Exception {
        try (Reply reply = reply("{\"input\":\"a\",\"dimensions\":%d}".formatted(dimensions), NUMBERS)) {
            String text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(text).isEqualTo(status == 200 ? NUMBERS : text);
            assertThat(text.contains("vectors of 3 numbers")).isEqualTo(status == 400);
        }
    }

    @Test
    void tellTheirCostInEveryShape() throws Exception {
        for (String body : List.of("{}", "{\"encoding_format\":\"base64\"}", "{\"dimensions\":3}")) {
            try (Reply reply = reply(body, NUMBERS)) {
                assertThat(reply.body().readAllBytes()).isNotEmpty();
                assertThat(reply.usage()).contains(new Usage(7, 0, false));
            }
        }
    }

    private static List<Float> floats(Json one) {
        byte[] bytes =
                Base64.getDecoder().decode(one.get("embedding").asString().orElseThrow());
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Float> floats = new ArrayList<>();
        while (buffer.hasRemaining()) {
            floats.add(buffer.getFloat());
        }
        return floats;
    }

    private static String ask(String body, String answer) throws Exception {
        try (Reply reply = reply(body, answer)) {
            assertThat(reply.status()).isEqualTo(200);
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Reply reply(String body, String answer) throws Exception {
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.json(answer));
        return OpenAiAdapter.ofOpenAi().invoke(upstream, new Invocation(Operation.EMBEDDING, "m", FakeBody.json(body)));
    }
}
