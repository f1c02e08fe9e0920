package dev.geniehive.kernel.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillingTest {
    private static final Filling WARMTH = new Filling(Json.object().put("temperature", 0.2), "");
    private static final Filling PROMPT = new Filling(Json.object(), "Say \"yes\".");

    private Bodies bodies;

    @BeforeEach
    void open(@TempDir Path folder) {
        bodies = new Bodies(folder.resolve("spool"), BodyLimits.defaults());
    }

    @AfterEach
    void close() {
        bodies.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model":"m"}                            | {"temperature":0.2,"model":"m"}
            { "model" : "m" , "x":1e1 }              | {"temperature":0.2, "model" : "m" , "x":1e1 }
            {"model":"m","temperature":1}            | {"model":"m","temperature":1}
            {"model":"m","temperature":null}         | {"model":"m","temperature":null}
            {"model":"m","temper\\u0061ture":1}      | {"model":"m","temper\\u0061ture":1}
            {"model":"m","a":{"temperature":1}}      | {"temperature":0.2,"model":"m","a":{"temperature":1}}
            {"model":"m","a":[{"b":"]}\\""},-1.5e3]} | {"temperature":0.2,"model":"m","a":[{"b":"]}\\""},-1.5e3]}
            {}                                       | {"temperature":0.2}
            """)
    void aMemberIsAddedWhereTheClientSaidNothing(String sent, String becomes) throws IOException {
        assertThat(filled(WARMTH, sent)).isEqualTo(becomes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"messages": [ {"role":"user","content":"é"} ]} | {"messages": [{"role":"system","content":"Say \\"yes\\"."}, {"role":"user","content":"é"} ]}
            {"messages":[]}                                 | {"messages":[{"role":"system","content":"Say \\"yes\\"."}]}
            {"messages":[{"content":"a","role":"system"}]}  | {"messages":[{"content":"a","role":"system"}]}
            {"messages":[{"role":"user"},{"role":"developer","content":"a"}]} | {"messages":[{"role":"user"},{"role":"developer","content":"a"}]}
            {"messages":"hello"}                            | {"messages":"hello"}
            {"prompt":"hello"}                              | {"prompt":"hello"}
            {"x":{"messages":[]}}                           | {"x":{"messages":[]}}
            """)
    void theSystemPromptComesFirstWhereThereIsNone(String sent, String becomes) throws IOException {
        assertThat(filled(PROMPT, sent)).isEqualTo(becomes);
    }

    @Test
    void bothNamesOfTheLimitAreOne() throws IOException {
        Filling limit = new Filling(Json.object().put("max_tokens", 5), "");

        assertThat(filled(limit, "{\"max_completion_tokens\":9}")).isEqualTo("{\"max_completion_tokens\":9}");
        assertThat(filled(limit, "{\"n\":9}")).isEqualTo("{\"max_tokens\":5,\"n\":9}");
    }

    @Test
    void severalMembersAndThePromptGoTogetherAndSurviveAnotherModel() throws IOException {
        Filling all = new Filling(Json.object().put("top_p", 0.5).put("stop", Json.strings(List.of("a"))), "P");
        try (RequestBody body =
                body("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"long-name\"}")) {
            Body filled = all.into(body);

            assertThat(text(filled.withModel("m")))
                    .isEqualTo("{\"top_p\":0.5,\"stop\":[\"a\"],\"messages\":[{\"role\":\"system\",\"content\":\"P\"},"
                            + "{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"m\"}");
            assertThat(filled.withModel("m").length())
                    .isEqualTo(text(filled.withModel("m")).getBytes(StandardCharsets.UTF_8).length);
            assertThat(text(filled.withModel("long-name"))).contains("\"model\":\"long-name\"", "top_p");
        }
    }

    @Test
    void aLargeBodyIsFilledFromItsFile() throws IOException {
        String words = "word ".repeat(400_000);
        String sent = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"model\":\"m\"}".formatted(words);

        assertThat(filled(WARMTH, sent)).isEqualTo("{\"temperature\":0.2," + sent.substring(1));
        assertThat(bodies.diskUsed()).isZero();
    }

    @Test
    void whatIsNoJsonStaysAsItIs() {
        Body upload = Body.of(new byte[] {'{', '}'}, "multipart/form-data");

        assertThat(WARMTH.into(upload)).isSameAs(upload);
    }

    private String filled(Filling filling, String json) throws IOException {
        try (RequestBody body = body(json)) {
            Body filled = filling.into(body);
            assertThat(filled.length()).isEqualTo(text(filled).getBytes(StandardCharsets.UTF_8).length);
            return text(filled);
        }
    }

    private RequestBody body(String json) {
        return bodies.json(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Body body) throws IOException {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
