package dev.geniehive.kernel.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner and the small parser of the API were written apart: they must decide alike. */
@Timeout(60)
class JsonAgreementTest {
    private static final List<String> CORPUS = List.of(
            "{\"modal\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi \\u00e4\\n\"}],\"n\":-1.5e+2}",
            "{ \"a\" : [ true , false,null , {} ] , \"b\": \"ä漢🐝\", \"\\ud83d\\udc1d\": 0 }\n",
            "{\"stream_options\":{\"include_usage\":true},\"x\":[[],[1,20,0.5]],\"q\":\"\\\\\\\"\\/\"}");

    @TempDir
    Path spool;

    private Bodies bodies;

    @BeforeEach
    void openBodies() {
        bodies = new Bodies(spool, new BodyLimits(1024, 1 << 20, 1 << 20, 64, 1000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesRandomDocumentsHoweverTheyAreSpelledAndSplit(long seed) throws IOException {
        Random random = new Random(seed);
        Documents documents = new Documents(random);
        for (int i = 0; i < 700; i++) {
            Json.Obj value = documents.object(4);
            byte[] text = documents.spell(value).getBytes(UTF_8);

            try (RequestBody body = read(new Dribble(text, random, 1 + i % 40), random, text.length)) {
                byte[] kept = body.open().readAllBytes();
                assertThat(kept).isEqualTo(text);
                assertThat(Json.parse(kept)).isEqualTo(value);
                assertThat(body.facts().model())
                        .isEqualTo(utf8(value.get("model").asString().orElse("")));
                replacesNothingButTheModel(body, value, text, "new \"ä\" " + i);
            }
        }
        assertThat(bodies.memoryUsed() + bodies.diskUsed()).isZero();
    }

    private RequestBody read(Dribble in, Random random, int length) {
        OptionalLong declared = random.nextBoolean() ? OptionalLong.of(length) : OptionalLong.empty();
        return bodies.read(in, declared, "application/json", 1 << 20);
    }

    /** {@return the text as it reads after halves of pairs were replaced} */
    private static String utf8(String text) {
        return text.replace("\ud83d half", "\ufffd half");
    }

    private static void replacesNothingButTheModel(Body body, Json.Obj value, byte[] text, String name)
            throws IOException {
        Body renamed = body.withModel(name);
        byte[] bytes = renamed.open().readAllBytes();

        assertThat(renamed.length()).isEqualTo(bytes.length);
        if (!value.members().containsKey("model")) {
            assertThat(bytes).isEqualTo(text);
            return;
        }
        assertThat(Json.parse(bytes)).isEqualTo(value.put("model", name));
        byte[] quoted = Json.of(name).utf8();
        int prefix = Arrays.mismatch(bytes, text);
        int from = indexOf(bytes, quoted);
        assertThat(from).isBetween(0, prefix);
        byte[] suffix = Arrays.copyOfRange(bytes, from + quoted.length, bytes.length);
        assertThat(Arrays.copyOfRange(text, text.length - suffix.length, text.length))
                .isEqualTo(suffix);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void decidesAsTheReferenceAboutEveryChangedByte() {
        int taken = 0;
        for (String document : CORPUS) {
            byte[] original = document.getBytes(UTF_8);
            for (int at = 0; at < original.length; at++) {
                for (int octet = 0; octet < 256; octet++) {
                    byte[] changed = original.clone();
                    changed[at] = (byte) octet;
                    taken += agree(changed) ? 1 : 0;
                }
            }
        }
        assertThat(taken).isGreaterThan(1000);
    }

    @Test
    void decidesAsTheReferenceAboutEveryMissingAndEveryRepeatedByteAndEveryBreak() {
        for (String document : CORPUS) {
            byte[] original = document.getBytes(UTF_8);
            for (int at = 0; at < original.length; at++) {
                byte[] tail = Arrays.copyOfRange(original, at, original.length);
                agree(Arrays.copyOf(original, at));
                agree(join(Arrays.copyOf(original, at), Arrays.copyOfRange(tail, 1, tail.length)));
                agree(join(Arrays.copyOf(original, at + 1), tail));
            }
        }
    }

    @Test
    void decidesAlikeHoweverTheBytesArrive() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] text = CORPUS.get(i % CORPUS.size()).getBytes(UTF_8);
            text[random.nextInt(text.length)] = (byte) random.nextInt(256);

            String whole = outcome(new Dribble(text, random, text.length));
            String split = outcome(new Dribble(text, random, 1 + random.nextInt(5)));

            assertThat(split).isEqualTo(whole);
        }
    }

    private String outcome(Dribble in) {
        try (RequestBody body = bodies.read(in, OptionalLong.empty(), "", 1 << 20)) {
            BodyFacts facts = body.facts();
            return facts.toString();
        } catch (GenieException e) {
            return e.problem().toString();
        }
    }

    /** {@return whether both take it} */
    private boolean agree(byte[] text) {
        boolean reference = reference(text);
        assertThat(takes(text))
                .as(() -> new String(text, ISO_8859_1).replaceAll("[^ -~]", "?"))
                .isEqualTo(reference);
        return reference;
    }

    private boolean takes(byte[] text) {
        try (RequestBody body =
                bodies.read(new ByteArrayInputStream(text), OptionalLong.of(text.length), "", text.length)) {
            return body.length() == text.length;
        } catch (GenieException e) {
            return false;
        }
    }

    private static boolean reference(byte[] text) {
        try {
            String decoded = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            return Json.parse(decoded) instanceof Json.Obj;
        } catch (CharacterCodingException | JsonException e) {
            return false;
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
