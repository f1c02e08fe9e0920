package dev.geniehive.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Json;
import dev.geniehive.testkit.FakeBody;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"b":"x"}                                   | 1   | "x"
            { "b" : "x\\"y" , "n":{"a":2,"b":3}, "a" : -1.5 } | -1.5| "x\\"y"
            {"input":["a","b",["a"],{"a":1}],"a":true}        | true| null
            {"x":"a","y":"\\\\","b":null,"\\u0061":7}         | 7   | null
            {"a":{"a":1},"b":[1,2]}                           | null| null
            {}                                                | null| null
            {"a":[],"b":"]}","c":[[]]}                        | null| "]}"
            """)
    void areFoundInTheOutermostObjectOnly(String json, String a, String b) {
        Map<String, Json> found = Members.of(FakeBody.json(json), Set.of("a", "b"));

        assertThat(found.getOrDefault("a", Json.nothing())).hasToString(a);
        assertThat(found.getOrDefault("b", Json.nothing())).hasToString(b);
    }
}
