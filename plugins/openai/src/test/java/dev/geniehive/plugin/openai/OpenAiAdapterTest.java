package dev.geniehive.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.testkit.FakeBody;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiAdapterTest {
    private static final String DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n";

    @ParameterizedTest
    @CsvSource({"CHAT,/v1/chat/completions", "COMPLETION,/v1/completions", "EMBEDDING,/v1/embeddings"})
    void postsEachOperationToItsPath(Operation operation, String path) throws Exception {
        FakeUpstream upstream = new FakeUpstream().on(path, FakeReply.json("{}"));

        OpenAiAdapter.ofOpenAi().invoke(upstream, invocation(operation)).close();

        assertThat(upstream.requests()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.path()).isEqualTo(path);
        });
    }

    @Test
    void relaysAStreamByteForByte() throws Exception {
        String stream = ": ping\r\n\r\n" + DELTA + "data: [DONE]\n\n";

        assertThat(read(Operation.CHAT, "text/event-stream", stream).text()).isEqualTo(stream);
    }

    @Test
    void readsTheUsageThatTheEngineReportsInAStream() throws Exception {
        String stream = DELTA.repeat(2000)
                + "data: {\"choices\":[],\"usage\" : {\"prompt_tokens\":9,\"completion_tokens\":2000,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}\n\ndata: [DONE]\n\n";

        assertThat(read(Operation.CHAT, "text/event-stream; charset=utf-8", stream)
                        .usage())
                .contains(new Usage(9, 2000, false));
    }

    @Test
    void countsTheEventsOfAStreamWhoseEngineReportsNothing() throws Exception {
        String stream = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}],\"usage\":null}\n\n"
                + DELTA.repeat(3)
                + ": keepalive\n\ndata:{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

        Optional<Usage> usage =
                read(Operation.CHAT, "text/event-stream", stream).usage();

        assertThat(usage).map(Usage::completionTokens).contains(3L);
        assertThat(usage).map(Usage::estimated).contains(true);
        assertThat(usage.orElseThrow().promptTokens()).isPositive();
    }

    @Test
    void readsTheUsageOfADocument() throws Exception {
        String text = "{\"choices\":[{\"message\":{\"content\":\"" + "y".repeat(30_000)
                + "\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4},\"timings\":{\"n\":{\"m\":1}}}";

        assertThat(read(Operation.CHAT, "application/json", text).usage()).contains(new Usage(3, 4, false));
    }

    @Test
    void readsTheUsageThatStandsBeforeManyNumbers() throws Exception {
        String text = "{\"object\":\"list\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5},\"data\":["
                + "0.125,".repeat(20_000) + "1]}";

        assertThat(read(Operation.EMBEDDING, "application/json", text).usage()).contains(new Usage(5, 0, false));
    }

    @Test
    void isNotFooledByAModelThatTalksAboutUsage() throws Exception {
        String text = "{\"choices\":[{\"message\":{\"content\":\"\\\"usage\\\":{\\\"prompt_tokens\\\":1}\"}}],"
                + "\"usage\":\"\",\"usage\":[{}]}";

        assertThat(read(Operation.CHAT, "application/json", text).usage()).isEmpty();
    }

    @Test
    void knowsNoUsageOfAnError() throws Exception {
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.json(400, "{\"error\":{}}"));

        try (Reply reply = OpenAiAdapter.ofOpenAi().invoke(upstream, invocation(Operation.CHAT))) {
            assertThat(reply.body().readAllBytes()).isNotEmpty();
            assertThat(reply.usage()).isEmpty();
        }
    }

    private record Read(String text, Optional<Usage> usage) {}

    private static Read read(Operation operation, String contentType, String text) throws Exception {
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.text(200, contentType, text));
        try (Reply reply = OpenAiAdapter.ofOpenAi().invoke(upstream, invocation(operation))) {
            StringBuilder out = new StringBuilder();
            byte[] buffer = new byte[777];
            for (int count; (count = reply.body().read(buffer)) >= 0; ) {
                out.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
            return new Read(out.toString(), reply.usage());
        }
    }

    private static Invocation invocation(Operation operation) {
        return new Invocation(operation, "engine-name", FakeBody.json("{\"model\":\"m\",\"prompt\":\"a long one\"}"));
    }
}
