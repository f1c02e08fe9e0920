package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFileTest {
    @TempDir
    private Path folder;

    private Path file;
    private final List<ConfigProblem> problems = new ArrayList<>();

    @BeforeEach
    void name() {
        file = folder.resolve("geniehive.yaml");
    }

    @Test
    void knowsThePlaceOfEveryKeyAndValue() throws IOException {
        Node.Mapping root = read("server:\n  host: localhost\n  tls: { key: \"a b\" }\nlist:\n  - one\n  - two\n");

        Node.Mapping server = (Node.Mapping) field(root, "server").value();
        assertThat(field(root, "server").key()).isEqualTo(place(1, 1));
        assertThat(field(server, "host").key()).isEqualTo(place(2, 3));
        assertThat(field(server, "host").value()).isEqualTo(new Node.Scalar("localhost", place(2, 9)));
        assertThat(field((Node.Mapping) field(server, "tls").value(), "key").value())
                .isEqualTo(new Node.Scalar("a b", false, true, place(3, 15)));
        assertThat(((Node.Sequence) field(root, "list").value()).items())
                .extracting(Node::origin)
                .containsExactly(place(5, 5), place(6, 5));
        assertThat(problems).isEmpty();
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("server:\n  port: 1\n  port: 2\n", ":3:3: server.port: is there twice, first at "),
                Arguments.of("server:\n\tport: 1\n", ":2:1: not valid YAML: a tab cannot indent"),
                Arguments.of("a: 1\n---\nb: 2\n", ":2:1: the file must hold one document"),
                Arguments.of("- a\n- b\n", ":1:1: the file must be a section (key: value), was a list"),
                Arguments.of("just words\n", ":1:1: the file must be a section (key: value), was a value"),
                Arguments.of("a: &x 1\nb:\n  <<: *x\n", ":3:3: b: merge keys"),
                Arguments.of("a: !env HOME\n", ":1:4: a: tags such as '!env'"),
                Arguments.of("a: !!java.io.File x\n", ":1:4: a: tags such as 'tag:yaml.org,2002:java.io.File'"),
                Arguments.of("? [a, b]\n: 1\n", ":1:3: a key must be a plain word"),
                Arguments.of("a: *nowhere\n", ":1:4: a: the alias '*nowhere'"),
                Arguments.of("a: &a [*a]\n", ":1:8: a[0]: the alias '*a' names no complete anchor"),
                Arguments.of("a: {b: 1\n", "not valid YAML: "),
                Arguments.of("a: \"\u0001\"\n", "not valid YAML: "),
                Arguments.of("a: " + "[".repeat(60_000), "nested deeper than 50 levels"),
                Arguments.of("a: &x 1\nb: [" + "*x, ".repeat(51) + "]\n", "more than 50 aliases"),
                Arguments.of(bomb(), "values, aliases counted as often as used"),
                Arguments.of("a: " + "x".repeat(YamlFile.MAX_BYTES), "the file is larger than 1 MiB"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void tellsWhatIsWrongWithItsPlace(String yaml, String problem) throws IOException {
        read(yaml);

        assertThat(problems)
                .singleElement()
                .satisfies(found -> assertThat(found.toString())
                        .startsWith(file + ":")
                        .contains(problem)
                        .doesNotContain("\n"));
    }

    @Test
    void tellsAllDuplicatesAtOnce() throws IOException {
        read("a: 1\na: 2\nb: {c: 1, c: 2}\n");

        assertThat(problems).extracting(ConfigProblem::key).containsExactly("a", "b.c");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xC3, '\n'});

        YamlFile.read(file, problems);

        assertThat(problems).singleElement().hasToString(file + ":1:1: the file is not valid UTF-8");
    }

    @Test
    void readsAnEmptyFileOneWithCommentsOnlyAndOneWithAByteOrderMark() throws IOException {
        assertThat(read("").fields()).isEmpty();
        assertThat(read("# nothing\n").fields()).isEmpty();
        assertThat(read("---\n").fields()).isEmpty();
        assertThat(read("\uFEFFa: 1\n").fields()).containsOnlyKeys("a");
        assertThat(problems).isEmpty();
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.createDirectory(file);

        YamlFile.read(file, problems);

        assertThat(problems)
                .singleElement()
                .satisfies(
                        found -> assertThat(found.message()).isEqualTo("the file cannot be read: it is a directory"));
    }

    private Node.Mapping read(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return YamlFile.read(file, problems).root();
    }

    private Origin place(int line, int column) {
        return new Origin.File(file, line, column);
    }

    private static Node.Field field(Node.Mapping mapping, String key) {
        return Objects.requireNonNull(mapping.fields().get(key));
    }

    private static String bomb() {
        return "a0: &a0 [" + "x, ".repeat(9) + "]\n"
                + IntStream.range(1, 6)
                        .mapToObj(i -> "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)))
                        .collect(Collectors.joining());
    }
}
