package dev.geniehive.kernel.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BodiesTest {
    private static final String JSON = "application/json";
    private static final int KIB = 1024;

    @TempDir
    Path home;

    private Path spool;
    private Bodies bodies;

    @BeforeEach
    void openBodies() {
        spool = home.resolve("spool");
        bodies = new Bodies(spool, new BodyLimits(64 * KIB, 100 * KIB, 300 * KIB, 64, 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 8_000, 8_180, 60_000, 65_500, 65_536, 66_000, 200_000})
    void replaysBodiesOfAllSizesAndGivesBackWhatTheyTook(int size) throws IOException {
        for (OptionalLong declared : List.of(OptionalLong.empty(), OptionalLong.of(body(size).length))) {
            RequestBody body = bodies.read(new ByteArrayInputStream(body(size)), declared, JSON, 1_000_000);

            assertThat(body.length()).isEqualTo(body(size).length);
            assertThat(body.contentType()).isEqualTo(JSON);
            assertThat(body.open().readAllBytes()).isEqualTo(body(size));
            assertThat(body.open().readAllBytes()).isEqualTo(body(size));
            assertThat(bodies.memoryUsed() + bodies.diskUsed()).isGreaterThanOrEqualTo(body.length());

            body.close();
            body.close();
            assertThat(bodies.memoryUsed()).isZero();
            assertThat(bodies.diskUsed()).isZero();
            assertThat(files()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_192, 65_536, 65_537, 200_000})
    void replaysBytesOfAnyKind(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        try (RequestBody body = bodies.raw(new ByteArrayInputStream(bytes), size, "audio/wav", 1_000_000)) {
            assertThat(body.length()).isEqualTo(size);
            assertThat(body.contentType()).isEqualTo("audio/wav");
            assertThat(body.facts()).isEqualTo(BodyFacts.NONE);
            assertThat(body.withModel("other")).isSameAs(body);
            assertThat(body.open().readAllBytes()).isEqualTo(bytes);
            assertThat(body.open().readAllBytes()).isEqualTo(bytes);
            assertThat(files()).hasSize(size > 64 * KIB ? 1 : 0);
        }
        assertThat(bodies.memoryUsed() + bodies.diskUsed()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesBytesThatAreTooManyOrTooFew() {
        InputStream ten = new ByteArrayInputStream(new byte[10]);

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> bodies.raw(ten, 10, "audio/wav", 9))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE));
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> bodies.raw(ten, 11, "audio/wav", 100))
                .withMessage("The body broke off after 10 of 11 bytes.");
        assertThat(bodies.memoryUsed()).isZero();
    }

    @Test
    void spoolsWhatIsLargeToAFileThatOnlyThisUserReads() throws IOException {
        try (RequestBody large = bodies.json(body(70 * KIB))) {
            assertThat(bodies.memoryUsed()).isZero();
            assertThat(bodies.diskUsed()).isEqualTo(large.length());
            assertThat(files()).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)))
                    .isEqualTo("rwx------");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void spoolsWhenTheMemoryOfAllIsTaken() throws IOException {
        RequestBody first = bodies.json(body(60 * KIB));
        RequestBody second = bodies.json(body(60 * KIB));

        assertThat(bodies.memoryUsed()).isBetween(60L * KIB, 100L * KIB);
        assertThat(bodies.diskUsed()).isEqualTo(second.length());
        assertThat(second.open().readAllBytes()).isEqualTo(body(60 * KIB));

        first.close();
        try (RequestBody third = bodies.json(body(60 * KIB))) {
            assertThat(bodies.diskUsed()).isEqualTo(second.length());
            assertThat(third.facts().model()).isEqualTo("m");
        }
        second.close();
        assertThat(bodies.memoryUsed() + bodies.diskUsed()).isZero();
    }

    @Test
    void refusesWhatNeitherMemoryNorDiskHasRoomFor() throws IOException {
        RequestBody other = bodies.json(body(200 * KIB));

        GenieException e = catchThrowableOfType(GenieException.class, () -> bodies.json(body(200 * KIB)));

        assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(e.problem().retryAfter()).isPresent();
        assertThat(files()).hasSize(1);
        assertThat(bodies.diskUsed()).isEqualTo(other.length());
        other.close();
    }

    @Test
    void emptiesTheSpoolAtTheStartButTouchesNoOtherFile() throws IOException {
        Files.writeString(spool.resolve("7.body"), "left behind");
        Files.writeString(spool.resolve("precious.txt"), "not ours");

        Bodies next = new Bodies(spool, BodyLimits.defaults());

        assertThat(files()).extracting(Path::getFileName).containsExactly(Path.of("precious.txt"));
        next.close();
    }

    @Test
    void refusesByTheAnnouncedLengthBeforeItReads() {
        InputStream untouchable = new Failing(new IOException("was read"));

        GenieException e = catchThrowableOfType(
                GenieException.class, () -> bodies.read(untouchable, OptionalLong.of(1001), JSON, 1000));

        assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(e)
                .hasMessageContaining("1001 bytes")
                .hasMessageContaining("1000")
                .hasMessageContaining("server.max-body");
    }

    @Test
    void takesABodyOfJustTheLimitAndRefusesOneByteMore() {
        byte[] text = body(100_000);
        read(new ByteArrayInputStream(text), text.length).close();

        GenieException e =
                catchThrowableOfType(GenieException.class, () -> read(new ByteArrayInputStream(text), text.length - 1));

        assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(bodies.memoryUsed() + bodies.diskUsed()).isZero();
        assertThat(home.resolve("spool")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5_000, 90_000})
    void refusesABodyThatBreaksOff(int after) throws IOException {
        byte[] part = Arrays.copyOf(body(100_000), after);
        InputStream early = new ByteArrayInputStream(part);
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(part), new Failing(new IOException("reset")));
        InputStream slow = new SequenceInputStream(
                new ByteArrayInputStream(part), new Failing(new SocketTimeoutException("slow")));

        assertThat(refusal(early, OptionalLong.of(100_000)).problem().code()).isEqualTo("truncated_body");
        assertThat(refusal(new ByteArrayInputStream(part), OptionalLong.empty())
                        .problem()
                        .code())
                .isEqualTo("invalid_json");
        assertThat(refusal(broken, OptionalLong.empty()))
                .hasRootCauseMessage("reset")
                .extracting(GenieException::kind)
                .isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal(slow, OptionalLong.empty()).kind()).isEqualTo(ErrorKind.REQUEST_TIMED_OUT);
        assertThat(bodies.memoryUsed() + bodies.diskUsed()).isZero();
        assertThat(files()).isEmpty();
    }

    private GenieException refusal(InputStream in, OptionalLong declared) {
        return catchThrowableOfType(GenieException.class, () -> bodies.read(in, declared, JSON, 1_000_000));
    }

    @Test
    void readsNoFartherThanTheAnnouncedLength() throws IOException {
        byte[] text = body(100);
        InputStream in = new SequenceInputStream(
                new ByteArrayInputStream(text), new ByteArrayInputStream("NEXT".getBytes(UTF_8)));

        bodies.read(in, OptionalLong.of(text.length), JSON, 1000).close();

        assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("NEXT");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 90_000})
    void replaysToManyReadersAtOnce(int size) throws Exception {
        try (RequestBody body = bodies.json(body(size));
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> copies = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Body one = i % 2 == 0 ? body : body.withModel("model-" + i);
                copies.add(readers.submit(() -> one.open().readAllBytes()));
            }

            for (int i = 0; i < copies.size(); i++) {
                byte[] copy = copies.get(i).get();
                assertThat(Json.parse(copy).get("model").asString()).contains(i % 2 == 0 ? "m" : "model-" + i);
                assertThat(copy.length - body.length()).isEqualTo(i % 2 == 0 ? 0 : ("model-" + i).length() - 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 90_000})
    void cannotBeReadAfterItsRequest(int size) throws IOException {
        RequestBody body = bodies.json(body(size));
        Body renamed = body.withModel("other");
        try (InputStream open = renamed.open()) {
            assertThat(open.read()).isEqualTo('{');

            body.close();

            assertThatExceptionOfType(IOException.class).isThrownBy(open::read).withMessageContaining("has ended");
        }
        assertThatIllegalStateException().isThrownBy(body::open);
        assertThatIllegalStateException().isThrownBy(renamed::open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a much longer name than before", "", "q\"uote\\ \n ä🐝", "\ud800"})
    void changesTheBytesOfTheModelOnly(String name) throws IOException {
        String before = "{ \"x\" : 1.50, \"mod\\u0065l\" :  ";
        String after = "  , \"model2\":\"\\u006d\", \"unknown\":[1E+2,{\"model\":\"m\"}]}\n";
        try (RequestBody body = bodies.json((before + "\"\\u006d\"" + after).getBytes(UTF_8))) {
            Body renamed = body.withModel("first").withModel(name);

            assertThat(body.facts().model()).isEqualTo("m");
            assertThat(renamed.facts().model()).isEqualTo(name);
            assertThat(renamed.open().readAllBytes()).asString(UTF_8).isEqualTo(before + Json.of(name) + after);
            assertThat(oneByOne(renamed)).isEqualTo(before + Json.of(name) + after);
            assertThat(renamed.withModel("m")).isSameAs(body);
        }
    }

    private static String oneByOne(Body body) throws IOException {
        try (InputStream in = body.open()) {
            byte[] all = new byte[(int) body.length()];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) in.read();
            }
            assertThat(in.read()).isEqualTo(-1);
            return new String(all, UTF_8);
        }
    }

    @Test
    void returnsABodyWithoutModelAsItIs() {
        try (RequestBody body = bodies.json(Json.object().put("x", "model"))) {
            assertThat(body.withModel("m")).isSameAs(body);
        }
    }

    private RequestBody read(InputStream in, long maxBytes) {
        return bodies.read(in, OptionalLong.empty(), JSON, maxBytes);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return files.toList();
        }
    }

    private static byte[] body(int prompt) {
        return "{\"model\":\"m\",\"prompt\":\"%s\"}"
                .formatted("p".repeat(prompt))
                .getBytes(UTF_8);
    }

    /** A stream that fails at once. */
    private static final class Failing extends InputStream {
        private final IOException failure;

        Failing(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            throw failure;
        }
    }
}
