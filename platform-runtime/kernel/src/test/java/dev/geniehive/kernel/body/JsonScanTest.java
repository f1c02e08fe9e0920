package dev.geniehive.kernel.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of JSON, in the manner of JSONTestSuite: what must be taken, what must not, and where it is wrong. */
@Timeout(20)
class JsonScanTest {
    @TempDir
    Path spool;

    private Bodies bodies;

    @BeforeEach
    void openBodies() {
        bodies = new Bodies(spool, BodyLimits.defaults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " \t\r\n{ \t\r\n} \t\r\n",
                "{\"\":0}",
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":[[],[{}],{}]}",
                "{\"a\":1,\"b\":1,\"A\":1,\"a \":1}",
                "{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}},\"b\":{\"a\":1}}",
                "{\"a\":[0,-0,1,-1,10,0.0,-0.10,1e1,1E1,1e+1,1e-01,0e0,0.1e5,123456789012345678901234567890]}",
                "{\"a\":[true,false,null]}",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uABCD\\uabcd\\ud83d\\udc1d\"}",
                "{\"a\":\"\\ud800\",\"b\":\"\\udc00\\ud800\",\"c\":\"\\ud800x\",\"\\ud800\":1}",
                "{\"a\":\"\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff\ud800\udc00\udbff\udfff\"}",
                "{\"a\":\"\ufeff\"}"
            })
    void takesWhatIsJson(String text) {
        assertThatCode(() -> bodies.json(text.getBytes(UTF_8)).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "null",
                "\"a\"",
                "\ufeff{}",
                "{",
                "}",
                "{]",
                "{}}",
                "{}{}",
                "{},",
                "{} x",
                "{}\u0000",
                "{}\u00a0",
                "{\f}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,,\"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{null:1}",
                "{\"a\":1]",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1,,2]}",
                "{\"a\":[\"x\":1]}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":+1}",
                "{\"a\":-}",
                "{\"a\":--1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1.e1}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":1e1.5}",
                "{\"a\":0x1}",
                "{\"a\":1_000}",
                "{\"a\":1a}",
                "{\"a\":\uff11}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":True}",
                "{\"a\":tru}",
                "{\"a\":truee}",
                "{\"a\":nul",
                "{\"a\":undefined}",
                "{\"a\":'x'}",
                "{\"a\":\"x}",
                "{\"a\":\"\\",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\U0041\"}",
                "{\"a\":\"\\u\"}",
                "{\"a\":\"\\u00\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\u00\uff11\uff11\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\n\":1}",
                "{/**/}",
                "{}//",
                "{\"a\":1}#"
            })
    void refusesWhatIsNot(String text) {
        assertThat(problem(text.getBytes(UTF_8)).code()).isEqualTo("invalid_json");
    }

    /** Bytes as Latin-1, in a value and in a key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00bf",
                "\u00c0\u0080",
                "\u00c1\u00bf",
                "\u00c2x",
                "\u00c2\u00c2",
                "\u00e0\u009f\u00bf",
                "\u00e1\u0080x",
                "\u00ed\u00a0\u0080",
                "\u00ed\u00bf\u00bf",
                "\u00f0\u008f\u00bf\u00bf",
                "\u00f0\u0090\u0080x",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00f8\u0088\u0080\u0080\u0080",
                "\u00fe",
                "\u00ff",
                "\u00e4"
            })
    void refusesWhatIsNotUtf8(String latin1) {
        assertThat(problem(("{\"a\":\"" + latin1 + "\"}").getBytes(ISO_8859_1)).code())
                .isEqualTo("invalid_utf8");
        assertThat(problem(("{\"" + latin1 + "\":0}").getBytes(ISO_8859_1)).code())
                .isEqualTo("invalid_utf8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"b\":[{\"x\":{},\"a\":1,\"y\":[{\"a\":1}],\"a\":2}]}",
                "{\"\":1,\"\":2}",
                "{\"🐝\":1,\"\\ud83d\\udc1d\":2}",
                "{\"ä\":1,\"\\u00e4\":2}",
                "{\"\\n\":1,\"\\u000A\":2}",
                "{\"\\ud800\":1,\"\\uD800\":2}"
            })
    void refusesAKeyThatStandsTwice(String text) {
        assertThat(problem(text.getBytes(UTF_8)).code()).isEqualTo("duplicate_key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{^  \"a\": 1,^  b}|line 3, column 3: expected a member name, found 'b'.",
                "{\"ä🐝\":x}|line 1, column 7: expected a value, found 'x'.",
                "{\"a\":1|line 1, column 7: expected ',' or '}', found the end of the body.",
                "{\"a\":1,\"b\":2,\"a\":3}|line 1, column 14: the member \"a\" stands twice.",
                "{\"a\":\"^\"}|line 1, column 7: control characters in strings must be escaped, found byte 0x0a.",
                "[]|line 1, column 1: expected an object, found '['.",
                "{^^\"stream\": 1}|line 3, column 11: \"stream\" must be true, false or null."
            })
    void saysWhereAndWhatItExpected(String text, String where) {
        Problem problem = problem(text.replace('^', '\n').getBytes(UTF_8));

        assertThat(problem.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(problem.message()).isEqualTo("The body cannot be read at " + where);
    }

    @Test
    void saysWhichKeyStandsTwice() {
        assertThat(problem("{\"m\":{\"temperature\":1,\"temper\\u0061ture\":2}}".getBytes(UTF_8))
                        .param())
                .contains("temperature");
    }

    @Test
    void nestsAsDeepAsAllowedAndNoDeeper() {
        String deepest = "{\"a\":".repeat(32) + "[".repeat(32) + "]".repeat(32) + "}".repeat(32);
        String tooDeep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";

        bodies.json(deepest.getBytes(UTF_8)).close();

        assertThat(problem(tooDeep.getBytes(UTF_8)).message()).contains("column 69: nested deeper than 64 containers");
        assertThat(problem("{\"a\":".repeat(1_000_000).getBytes(UTF_8)).message())
                .contains("nested deeper than 64");
    }

    @Test
    @Timeout(8) // comparing each key with each other one would take minutes
    void judgesHostileKeysInLinearTime() {
        StringBuilder many = new StringBuilder("{\"x\":0");
        for (int i = 0; i < 240_000; i++) {
            many.append(",\"").append(Integer.toString(i, 36)).append("\":0");
        }
        StringBuilder nested = new StringBuilder("{\"x\":[0");
        for (int i = 0; i < 240_000; i++) {
            nested.append(",{\"x\":0,\"y\":{\"x\":0}}");
        }

        assertThatCode(() -> bodies.json((many + "}").replace("\"x\":0,", "").getBytes(UTF_8))
                        .close())
                .doesNotThrowAnyException();
        assertThatCode(() -> bodies.json((nested + "]}").getBytes(UTF_8)).close())
                .doesNotThrowAnyException();
        assertThat(problem((many + ",\"zz\":0}").replace("{\"x\":0,", "{").getBytes(UTF_8))
                        .code())
                .isEqualTo("duplicate_key");
        assertThat(bodies.memoryUsed()).isZero();
    }

    @Test
    void limitsTheKeysThatAreOpenAtOnce() {
        Bodies few = new Bodies(spool, new BodyLimits(1024, 4096, 4096, 8, 3));

        few.json("{\"a\":{\"b\":0,\"c\":0},\"d\":{\"b\":0}}".getBytes(UTF_8)).close();

        GenieException e = catchThrowableOfType(
                GenieException.class, () -> few.json("{\"a\":0,\"b\":{\"c\":0,\"d\":0}}".getBytes(UTF_8)));
        assertThat(e.problem().message()).contains("too many members");
    }

    private Problem problem(byte[] text) {
        GenieException e = catchThrowableOfType(GenieException.class, () -> bodies.json(text));
        assertThat(e).as("was taken").isNotNull();
        assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        return e.problem();
    }
}
