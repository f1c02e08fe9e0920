package dev.geniehive.kernel.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    private static final int KIB = 1024;
    private static final String TYPE = "multipart/form-data; boundary=XX";
    private static final String MODEL = "--XX\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper\r\n";
    private static final String FILE =
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n";
    private static final String END = "--XX--\r\n";

    @TempDir
    private Path spool;

    private Bodies bodies;

    @BeforeEach
    void openBodies() {
        bodies = new Bodies(spool, new BodyLimits(16 * KIB, 100 * KIB, 4 * KIB * KIB, 64, 1000));
    }

    @Test
    void tellsThePartsAsTheyWereSent() throws IOException {
        try (RequestBody form = form(MODEL + FILE + "RIFF\r\n--X\r\n\r\n" + END)) {
            FormPart file = form.parts().get(1);

            assertThat(form.facts().model()).isEqualTo("whisper");
            assertThat(form.parts()).extracting(FormPart::name).containsExactly("model", "file");
            assertThat(form.parts()).extracting(FormPart::contentType).containsExactly("text/plain", "audio/wav");
            assertThat(form.parts().getFirst().fileName()).isEmpty();
            assertThat(file.fileName()).contains("a.wav");
            assertThat(file.text()).isEqualTo("RIFF\r\n--X\r\n").hasSize((int) file.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "large-v3", "a name that is longer than the other one", "org/größe:q4@x"})
    void putsAnotherModelInTheOnesPlaceWhereverItStands(String name) throws IOException {
        for (String sent : List.of(MODEL + FILE + "1234\r\n" + END, FILE + "1234\r\n" + MODEL + END)) {
            try (RequestBody form = form(sent)) {
                Body renamed = form.withModel(name);

                assertThat(text(renamed)).isEqualTo(sent.replace("whisper", name));
                assertThat(renamed.length()).isEqualTo(text(renamed).getBytes(UTF_8).length);
                assertThat(renamed.contentType()).isEqualTo(TYPE);
                assertThat(renamed.facts().model()).isEqualTo(name);
                assertThat(renamed.parts()).extracting(FormPart::text).contains(name, "1234");
                assertThat(text(renamed.withModel("whisper"))).isEqualTo(sent);
            }
        }
    }

    @Test
    void leavesAFormWithoutAModelAsItIs() throws IOException {
        try (RequestBody form = form(FILE + "1\r\n" + END)) {
            assertThat(form.facts().model()).isEmpty();
            assertThat(form.withModel("other")).isSameAs(form);
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "1,true", "True,true", "false,false", "0,false", "'',false"})
    void readsWhetherEventsAreWanted(String value, boolean stream) throws IOException {
        try (RequestBody form = form(field("stream", value) + MODEL + END)) {
            assertThat(form.facts().stream()).isEqualTo(stream);
            assertThat(form.withModel("x").facts().stream()).isEqualTo(stream);
        }
    }

    @Test
    void doesNotMistakeWhatLooksLikeABoundary() throws IOException {
        Random random = new Random(7);
        String crumbs = "\r\n-XY";
        for (int i = 0; i < 300; i++) {
            StringBuilder noise = new StringBuilder();
            random.ints(200, 0, crumbs.length()).forEach(c -> noise.append(crumbs.charAt(c)));
            String content = noise.toString().replace("\r\n--XX", "\r\n--XY");
            String sent = FILE + content + "\r\n" + MODEL + END;
            if (content.endsWith("\r\n--X") || content.contains("\n\r\n--XX")) {
                continue;
            }

            try (RequestBody form =
                    bodies.form(new Dribble(sent.getBytes(UTF_8), random, 40), OptionalLong.empty(), TYPE, 1 << 20)) {
                assertThat(form.parts().getFirst().text()).isEqualTo(content);
                assertThat(text(form.withModel("v3"))).isEqualTo(sent.replace("whisper", "v3"));
            }
        }
    }

    @Test
    void spoolsWhatIsLargeAndDeletesItInTheEnd() throws IOException {
        String content = "0123456789".repeat(20 * KIB);
        String sent = MODEL + FILE + content + "\r\n" + field("language", "de") + END;

        try (RequestBody form = form(sent)) {
            assertThat(spooled()).isEqualTo(1);
            assertThat(bodies.diskUsed()).isEqualTo(sent.length());
            assertThat(bodies.memoryUsed()).isZero();
            assertThat(form.parts().get(1).length()).isEqualTo(content.length());
            assertThat(form.parts().get(1).text()).isEqualTo(content);
            assertThat(form.parts().get(2).text()).isEqualTo("de");
            assertThat(text(form.withModel("v3"))).isEqualTo(sent.replace("whisper", "v3"));
            assertThat(text(form)).isEqualTo(sent);
        }

        assertThat(spooled()).isZero();
        assertThat(bodies.diskUsed()).isZero();
    }

    @Test
    void keepsNothingOfAFormThatBreaksOff() throws IOException {
        byte[] half = (MODEL + FILE + "x".repeat(40 * KIB)).getBytes(UTF_8);

        assertThat(refusal(TYPE, new ByteArrayInputStream(half), OptionalLong.of(half.length + 100))
                        .problem()
                        .code())
                .isEqualTo("truncated_body");
        assertThat(refusal(TYPE, new ByteArrayInputStream(half), OptionalLong.empty())
                        .problem()
                        .code())
                .isEqualTo("malformed_form");
        assertThat(spooled()).isZero();
        assertThat(bodies.diskUsed()).isZero();
        assertThat(bodies.memoryUsed()).isZero();
    }

    @Test
    void cannotBeReadAfterItsEnd() throws IOException {
        RequestBody form = form(MODEL + FILE + "1\r\n" + END);
        FormPart part = form.parts().getFirst();
        InputStream open = part.open();

        form.close();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(part::open);
        assertThatExceptionOfType(IOException.class).isThrownBy(open::read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=a; boundary=b",
                "multipart/form-data; boundary=\"a b ",
                "multipart/form-data; boundary=ä",
                "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890",
            })
    void wantsABoundary(String type) {
        GenieException refusal = refusal(type, MODEL + END);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal.problem().code()).isEqualTo("malformed_form");
        assertThat(refusal).hasMessageContaining("content type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "multipart/mixed; boundary=XX", "multipart/form-datax", "x; ;;"})
    void takesFormsOnly(String type) {
        assertThat(refusal(type, MODEL + END).kind()).isEqualTo(ErrorKind.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=\"XX\"",
                "Multipart/Form-Data;charset=utf-8; BOUNDARY=XX",
                "multipart/form-data; boundary=XX;"
            })
    void takesEverySpellingOfTheType(String type) throws IOException {
        byte[] sent = (MODEL + END).getBytes(UTF_8);
        try (RequestBody form = bodies.form(new ByteArrayInputStream(sent), OptionalLong.of(sent.length), type, 1000)) {
            assertThat(form.parts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--XX--",
                "--XX",
                "preamble\r\n" + MODEL + END,
                MODEL + "--XX-",
                MODEL + "--XXtra\r\n\r\n1\r\n" + END,
                MODEL + END + "more",
                MODEL + END + "\r\n",
                MODEL,
                "--XX\nContent-Disposition: form-data; name=\"a\"\n\n1\n--XX--\n",
                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n 1\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n" + END,
                "--XX\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: form-data; name=\"a\" x\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n"
                        + END,
                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n"
                        + END,
                "--XX\r\nno colon\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n" + END,
                "--XX\r\nContent-Disposition: form-data; name=\"a\u0001\"\r\n\r\n1\r\n" + END,
            })
    void refusesWhatIsNotWellFormed(String sent) {
        GenieException refusal = refusal(TYPE, sent);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal.problem().code()).isEqualTo("malformed_form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filename=\"../a.wav\"",
                "filename=\"/etc/passwd\"",
                "filename=\"C:\\\\x\\\\a.wav\"",
                "filename=\"a\\b.wav\"",
                "filename=\"..\"",
                "filename=\"%2e%2e%2fa.wav\"",
                "filename=\"a%00.wav\"",
                "filename=\"\"",
                "filename=\"  \"",
                "filename=\"a.wav\"; filename*=UTF-8''..%2Fa.wav",
                "filename*=UTF-8''%5cx",
                "filename*=latin-1''x",
                "filename*=x",
            })
    void refusesPathsInFileNames(String fileName) {
        GenieException refusal = refusal(
                TYPE, "--XX\r\nContent-Disposition: form-data; name=\"file\"; " + fileName + "\r\n\r\n1\r\n" + END);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal.problem().code()).isEqualTo("invalid_filename");
        assertThat(refusal.problem().param()).contains("file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            filename="my talk (1).wav"                     | my talk (1).wav
            filename=a.wav                                 | a.wav
            filename="100%.wav"                            | 100%.wav
            filename="a;b.wav"                             | a;b.wav
            filename="Größe.mp3"                           | Größe.mp3
            filename="say \\"hi\\".wav"                    | say "hi".wav
            filename="a.wav"; filename*=UTF-8''a.wav       | a.wav
            filename*=utf-8'en'Gr%C3%B6%C3%9Fe+1.mp3       | Größe+1.mp3
            """)
    void takesEveryUsualSpellingOfAFileName(String spelled, String name) throws IOException {
        try (RequestBody form =
                form("--XX\r\nContent-Disposition: form-data; name=file; " + spelled + "\r\n\r\n1\r\n" + END)) {
            assertThat(form.parts().getFirst().fileName()).contains(name);
        }
    }

    @Test
    void refusesFieldsOfTheFactsThatStandThereTwiceOrAreNone() {
        assertThat(refusal(TYPE, MODEL + MODEL + END).problem().code()).isEqualTo("duplicate_field");
        assertThat(refusal(TYPE, field("stream", "1") + field("stream", "1") + END)
                        .problem()
                        .code())
                .isEqualTo("duplicate_field");
        assertThat(refusal(TYPE, field("stream", "maybe") + END).problem().param())
                .contains("stream");
        assertThat(refusal(TYPE, MODEL.replace("name=\"model\"", "name=\"model\"; filename=\"m\"") + END))
                .hasMessageContaining("no file");
        assertThat(refusal(TYPE, MODEL.replace("whisper", "w".repeat(2000)) + END))
                .hasMessageContaining("1024 bytes");
    }

    @Test
    void refusesAModelThatIsNotUtf8() {
        byte[] sent = (MODEL + END).getBytes(UTF_8);
        sent[MODEL.indexOf("whisper")] = (byte) 0xff;

        assertThat(refusal(TYPE, new ByteArrayInputStream(sent), OptionalLong.of(sent.length)))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void hasALimitForEverything() {
        assertThat(refusal(TYPE, MODEL + field("x", "1").repeat(64) + END)).hasMessageContaining("64 parts");
        assertThat(refusal(TYPE, field("x\"; y=\"" + "z".repeat(8 * KIB), "1") + END))
                .hasMessageContaining("8192 bytes");
        GenieException large = refusal(TYPE, field("prompt", "z".repeat(KIB * KIB + 20)) + END);
        assertThat(large.kind()).isEqualTo(ErrorKind.TOO_LARGE);
    }

    private static String field(String name, String value) {
        return "--XX\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value);
    }

    private RequestBody form(String sent) {
        byte[] bytes = sent.getBytes(UTF_8);
        return bodies.form(new Dribble(bytes, new Random(3), 1000), OptionalLong.of(bytes.length), TYPE, 1 << 20);
    }

    private GenieException refusal(String type, String sent) {
        byte[] bytes = sent.getBytes(UTF_8);
        return refusal(type, new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
    }

    private GenieException refusal(String type, InputStream in, OptionalLong length) {
        List<GenieException> refused = new ArrayList<>();
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> bodies.form(in, length, type, 1 << 22).close())
                .satisfies(refused::add);
        return refused.getFirst();
    }

    private static String text(Body body) throws IOException {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private long spooled() throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return files.count();
        }
    }
}
