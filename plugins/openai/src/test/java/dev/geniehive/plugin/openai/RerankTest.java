package dev.geniehive.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.UpstreamException;
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
import org.junit.jupiter.params.provider.ValueSource;

class RerankTest {
    private static final String REQUEST =
            "{\"model\":\"reranker\",\"query\":\"q\",\"documents\":[\"a\",\"b\",\"c\"],\"x\":1.50%s}";
    private static final String LLAMA = """
            {"model":"bge","object":"list","usage":{"prompt_tokens":9,"total_tokens":9},
             "results":[{"index":0,"relevance_score":-3.5},{"index":2,"relevance_score":7},{"index":1,"relevance_score":0.25}]}""";

    /**
     * What came out of an answer.
     *
     * @param text the body
     */
    private record Read(String text, Optional<Usage> usage) {}

    @Test
    void sendsTheBodyAsItIsButForTheModel() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/v1/rerank", FakeReply.json(LLAMA));

        ask(OpenAiAdapter.ofOpenAi(), upstream, REQUEST.formatted(""));

        assertThat(upstream.requests().getFirst().body())
                .isEqualTo("{\"model\":\"engine's\",\"query\":\"q\",\"documents\":[\"a\",\"b\",\"c\"],\"x\":1.50}");
    }

    @Test
    void makesTextsOfDocumentsThatAreObjects() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/v1/rerank", FakeReply.json(LLAMA));

        ask(
                OpenAiAdapter.ofOpenAi(),
                upstream,
                "{\"model\":\"r\",\"query\":\"q\",\"documents\":[{\"text\":\"a\"},\"b\",{\"text\":\"c\",\"t\":1}],\"x\":1.50}");

        assertThat(upstream.requests().getFirst().body())
                .isEqualTo("{\"model\":\"engine's\",\"query\":\"q\",\"documents\":[\"a\",\"b\",\"c\"],\"x\":1.50}");
    }

    @Test
    void asksTeiInItsOwnWords() throws Exception {
        FakeUpstream upstream = new FakeUpstream()
                .on("/rerank", FakeReply.json("[{\"index\":1,\"score\":0.9},{\"index\":0,\"score\":0.1}]"));

        Read read = ask(OpenAiAdapter.ofTei(), upstream, REQUEST.formatted(",\"truncate\":true"));

        assertThat(upstream.requests().getFirst().body())
                .isEqualTo("{\"query\":\"q\",\"texts\":[\"a\",\"b\",\"c\"],\"truncate\":true}");
        assertThat(read.text())
                .isEqualTo("{\"object\":\"list\",\"model\":\"engine's\",\"results\":["
                        + "{\"index\":1,\"relevance_score\":0.9},{\"index\":0,\"relevance_score\":0.1}]}");
    }

    @Test
    void asksInfinityWithoutAPrefix() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/rerank", FakeReply.json(LLAMA));

        ask(OpenAiAdapter.ofInfinity(), upstream, REQUEST.formatted(""));

        assertThat(upstream.requests().getFirst().body())
                .isEqualTo("{\"model\":\"engine's\",\"query\":\"q\",\"documents\":[\"a\",\"b\",\"c\"],\"x\":1.50}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                      | {"index":2,"relevance_score":7},{"index":1,"relevance_score":0.25},{"index":0,"relevance_score":-3.5}
            ,"top_n":1                              | {"index":2,"relevance_score":7}
            ,"top_n":0                              | {"index":2,"relevance_score":7},{"index":1,"relevance_score":0.25},{"index":0,"relevance_score":-3.5}
            ,"top_n":1,"return_documents":true      | {"index":2,"relevance_score":7,"document":{"text":"c"}}
            """)
    void putsTheBestFirstAndGivesAsManyAsAreWanted(String more, String results) throws Exception {
        Read read = ask(
                OpenAiAdapter.ofOpenAi(), new FakeUpstream().otherwise(FakeReply.json(LLAMA)), REQUEST.formatted(more));

        assertThat(read.text())
                .isEqualTo("{\"object\":\"list\",\"model\":\"bge\",\"results\":[" + results
                        + "],\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}");
        assertThat(read.usage()).contains(new Usage(9, 0, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"rerank-1\",\"model\":\"bge\",\"usage\":{\"total_tokens\":9},\"results\":[{\"index\":0,\"document\":{\"text\":\"a\"},\"relevance_score\":0.5}]}",
                "[{\"score\":0.5,\"index\":0,\"document\":\"a\",\"meta_info\":{}}]",
                "[{\"score\":0.5,\"index\":0,\"text\":\"a\"}]",
                "{\"object\":\"rerank\",\"results\":[{\"relevance_score\":0.5,\"index\":0,\"document\":\"a\"}],\"created\":1}",
            })
    void understandsEveryEngine(String said) throws Exception {
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.json(said));

        assertThat(ask(OpenAiAdapter.ofOpenAi(), upstream, REQUEST.formatted(""))
                        .text())
                .contains("[{\"index\":0,\"relevance_score\":0.5,\"document\":{\"text\":\"a\"}}]");
        assertThat(ask(OpenAiAdapter.ofOpenAi(), upstream, REQUEST.formatted(",\"return_documents\":false"))
                        .text())
                .contains("[{\"index\":0,\"relevance_score\":0.5}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"results\":[]}",
                "[]",
                "{}",
                "[1]",
                "<html>",
                "[{\"index\":3,\"score\":1}]",
                "[{\"index\":-1,\"score\":1}]",
                "[{\"index\":0}]"
            })
    void takesWhatIsNoRankingForNonsense(String said) {
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.json(said));

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> ask(OpenAiAdapter.ofOpenAi(), upstream, REQUEST.formatted("")))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(UpstreamException.Failure.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"documents":["a"]}                              | query
            {"query":" ","documents":["a"]}                  | query
            {"query":["a"],"documents":["a"]}                | query
            {"query":"q"}                                    | documents
            {"query":"q","documents":[]}                     | documents
            {"query":"q","documents":"a"}                    | documents
            {"query":"q","documents":["a",1]}                | documents
            {"query":"q","documents":[{"title":"a"}]}        | documents
            {"query":"q","documents":["a"],"top_n":-1}       | top_n
            {"query":"q","documents":["a"],"top_n":"1"}      | top_n
            """)
    void refusesWhatIsNoRequestToRank(String body, String param) {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> RerankRequest.of(FakeBody.json(body)))
                .satisfies(e -> assertThat(e.problem().param()).contains(param));
    }

    private static Read ask(OpenAiAdapter adapter, FakeUpstream upstream, String body) throws Exception {
        Invocation invocation = new Invocation(Operation.RERANK, "engine's", FakeBody.json(body));
        try (Reply reply = adapter.invoke(upstream, invocation)) {
            assertThat(reply.status()).isEqualTo(200);
            String text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
            return new Read(text, reply.usage());
        }
    }
}
