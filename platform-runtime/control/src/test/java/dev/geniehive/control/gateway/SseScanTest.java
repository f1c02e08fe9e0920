package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.control.gateway.SseScan.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseScanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data: {"id":1}\\n\\n                              | DATA
            data:{"id":1}\\n\\n                               | DATA
            data: {"id":1}\\r\\n\\r\\n                        | DATA
            event: message\\ndata: x\\n\\n                    | DATA
            data: [DONE]\\n\\n                                | DONE
            data:[DONE]\\r\\n\\r\\n                           | DONE
            : waiting\\n\\n                                   | OTHER
            id: 7\\n\\n                                       | OTHER
            data: {"error":{"message":"full"}}\\n\\n          | ERROR
            data: {"error": "full"}\\n\\n                     | ERROR
            data: { "error" : {"message":"full"}}\\n\\n       | ERROR
            data: {"object":"error","message":"full"}\\n\\n   | ERROR
            error: {"message":"full"}\\n\\n                   | ERROR
            event: error\\ndata: {"x":1}\\n\\n                | ERROR
            data: {"error":null,"id":1}\\n\\n                 | DATA
            data: {"errors":[]}\\n\\n                         | DATA
            """)
    void tellsWhatAnEventIs(String text, Kind kind) {
        assertThat(kinds(bytes(unescaped(text)), List.of())).containsExactly(kind);
    }

    @Test
    void anAnswerWithAnEmptyErrorAndMuchTextIsAnAnswer() {
        String text = "data: {\"error\": null, \"text\": \"" + "x".repeat(10_000) + "\"}\n\n";

        assertThat(kinds(bytes(text), List.of())).containsExactly(Kind.DATA);
    }

    @Test
    void readsTheMessageOfALongErrorEvent() {
        SseScan scan = new SseScan();
        byte[] event =
                bytes("event: error\ndata: {\"type\":\"error\",\"padding\":\"%s\",\"message\":\"it is full\"}\n\n"
                        .formatted("x".repeat(100)));

        assertThat(scan.eventEnd(event, 0, event.length)).isEqualTo(event.length);

        assertThat(scan.kind()).isEqualTo(Kind.ERROR);
        assertThat(scan.errorMessage()).isEqualTo("it is full");
    }

    @Test
    void tellsTheSameHoweverTheBytesAreCut() {
        byte[] stream = bytes("""
                : hello

                data: {"id":1}

                event: message
                data: {"id":2}

                data: {"error":null,"id":3}

                data: [DONE]

                """.replace("id\":2", "id\":\"ä€😀\""));
        List<Kind> whole = kinds(stream, List.of());

        for (long seed = 0; seed < 200; seed++) {
            assertThat(kinds(stream, cuts(new Random(seed), stream.length)))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
        assertThat(whole).containsExactly(Kind.OTHER, Kind.DATA, Kind.DATA, Kind.DATA, Kind.DONE);
    }

    private static List<Kind> kinds(byte[] bytes, List<Integer> cuts) {
        SseScan scan = new SseScan();
        List<Kind> kinds = new ArrayList<>();
        List<Integer> ends = new ArrayList<>(cuts);
        ends.add(bytes.length);
        int from = 0;
        for (int to : ends) {
            while (from < to) {
                int end = scan.eventEnd(bytes, from, to);
                from = end < 0 ? to : end;
                if (end >= 0) {
                    kinds.add(scan.kind());
                }
            }
        }
        return kinds;
    }

    private static List<Integer> cuts(Random random, int length) {
        return random.ints(random.nextInt(1, 20), 0, length).sorted().boxed().toList();
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
