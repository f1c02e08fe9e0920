package dev.geniehive.it.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about files and codes is so. */
class DocumentsTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z]+)(?:\\.[A-Z][A-Za-z]+)?`");
    private static final Pattern CODE = Pattern.compile("(?m)^        ([A-Z_]+)[,;]?$");
    private static final Pattern CODE_ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| [^|]+ \\|$");

    @Test
    void linksLeadToFiles() throws IOException {
        for (Path document : documents()) {
            Path folder = Objects.requireNonNull(document.getParent());
            assertThat(found(LINK, document))
                    .allSatisfy(link -> assertThat(folder.resolve(link))
                            .as("linked in %s", document)
                            .exists());
        }
    }

    @Test
    void theVocabularyNamesClassesThatAreThere() throws IOException {
        List<Path> sources = Reactor.here().sources();

        assertThat(found(CLASS, CHECKOUT.resolve("docs/vocabulary.md")))
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(sources)
                        .anyMatch(source -> source.endsWith("dev/geniehive/" + name.replace('.', '/') + ".java")));
    }

    @Test
    void everyReasonToRefuseAPluginIsListed() throws IOException {
        Path problem = CHECKOUT.resolve(
                "platform-runtime/kernel/src/main/java/dev/geniehive/kernel/plugin/PluginProblem.java");

        assertThat(found(CODE_ROW, CHECKOUT.resolve("docs/write-a-plugin.md")))
                .containsExactlyElementsOf(found(CODE, problem));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> documents = Files.walk(CHECKOUT.resolve("docs"))) {
            List<Path> below =
                    documents.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(
                            below.stream(),
                            Stream.of(CHECKOUT.resolve("README.md"), CHECKOUT.resolve("plugin-template/README.md")))
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
