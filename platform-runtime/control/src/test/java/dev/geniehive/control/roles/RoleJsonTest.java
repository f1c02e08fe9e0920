package dev.geniehive.control.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.testkit.FakeConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleJsonTest {
    private static final String FULL = """
            {"name":"reviewer","operation":"chat","description":"d","models":["qwen3-*"],"min_context":16384,\
            "min_memory":"32GiB","max_size":"40B","requires":["tools"],"exposure":["lan"],"fallback":["general"],\
            "defaults":{"temperature":0.2,"stop":["a"]},"system_prompt":"p","ranking":"loaded-first","queue":"q",\
            "overflow":{"allow":true,"queue_deadline":"20000ms"}}""";

    @Test
    void whatIsWrittenReadsTheSame() {
        Role role = RoleJson.read("reviewer", json(FULL));

        assertThat(RoleJson.of(role)).hasToString(FULL);
        assertThat(role.handling().overflow().queueDeadline()).contains(Duration.ofSeconds(20));
        assertThat(RoleJson.of(RoleJson.read("plain", Json.object())))
                .hasToString("{\"name\":\"plain\",\"operation\":\"chat\"}");
    }

    @Test
    void theFileMeansTheSame() {
        Role fromFile = RoleReader.read(
                "reviewer",
                FakeConfig.of(Map.of(
                        "models", List.of("Qwen3-*"), "min-context", 16384, "defaults", Map.of("temperature", 0.2))));

        assertThat(fromFile)
                .isEqualTo(RoleJson.read(
                        "reviewer",
                        json("{\"models\":[\"qwen3-*\"],\"min_context\":16384,\"defaults\":{\"temperature\":0.2}}")));
    }

    @Test
    void anAnswerCanBeSentBack() {
        assertThat(RoleJson.read("a", json("{\"name\":\"a\",\"source\":\"api\",\"notes\":[],\"resolves_to\":[\"x\"]}")))
                .isEqualTo(RoleJson.read("a", Json.object()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"operation":"dance"}                                     | 'dance' is no operation
            {"requires":["wings"]}                                    | 'wings' is no ability
            {"requires":["tools"],"operation":"embedding"}            | only chat has abilities
            {"system_prompt":"x","operation":"embedding"}             | only chat has messages
            {"defaults":{"x":1},"operation":"transcription"}          | is an upload
            {"defaults":{"stream":true}}                              | 'stream' is for the client alone
            {"defaults":[1]}                                          | expected members
            {"min_context":0}                                         | between 1 and
            {"min_context":"many"}                                    | expected a whole number
            {"min_context":512,"defaults":{"max_tokens":512}}         | leaves no room for a prompt
            {"min_memory":"big"}                                      | expected a size
            {"max_size":"40"}                                         | 40B or of bytes
            {"exposure":["overflow"]}                                 | not for every request
            {"fallback":["a"]}                                        | cannot fall back to itself
            {"models":["x","x"]}                                      | each once
            {"models":"x"}                                            | expected a list
            {"models":[""]}                                           | empty entry
            {"overflow":{"queue_deadline":"soon"}}                    | expected a time
            {"overflow":{"alow":true}}                                | overflow.alow: nobody knows it; did you mean 'allow'?
            {"min-context":5}                                         | did you mean 'min_context'?
            {"name":"b"}                                              | is 'b' here and 'a' in the address
            {"ranking":"a b"}                                         | 'a b' is no name
            [1]                                                       | expected an object
            """)
    void whatCannotBeIsRefused(String definition, String why) {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> RoleJson.read("a", json(definition)))
                .withMessageContaining(why)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
    }

    @Test
    void allThatIsWrongIsTold() {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> RoleJson.read("a b", json("{\"operation\":\"x\",\"max_size\":\"y\",\"z\":1}")))
                .withMessageContainingAll("a role is called by", "operation", "max_size", "z: nobody knows it");
    }

    @Test
    void rolesOfTheFileFallBackToEachOtherAndInNoCircle() {
        FakeConfig good = FakeConfig.of(Map.of("a", Map.of("fallback", List.of("b")), "b", Map.of()));
        assertThat(RoleSection.read(good)).containsOnlyKeys("a", "b");

        RoleBook circle = RoleBook.of(List.of(
                RoleJson.read("a", json("{\"fallback\":[\"b\"]}")),
                RoleJson.read("b", json("{\"fallback\":[\"c\",\"e\"]}")),
                RoleJson.read("c", json("{\"fallback\":[\"a\"]}")),
                RoleJson.read("d", json("{\"fallback\":[\"e\",\"f\"]}")),
                RoleJson.read("e", json("{}")),
                RoleJson.read("f", json("{\"operation\":\"embedding\"}"))));
        assertThat(circle.faults(circle.find("a").orElseThrow()))
                .containsExactly("goes round in a circle: a -> b -> c -> a");
        assertThat(circle.faults(circle.find("d").orElseThrow()))
                .containsExactly("'f' is for embedding, and this role for chat");
        assertThat(circle.chain(circle.find("a").orElseThrow()))
                .extracting(Role::name)
                .containsExactly("a", "b", "c", "e");
    }

    private static Json json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
