package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference in {@code docs/configuration.md} is true. */
class DocumentationTest {
    private static final Path REFERENCE = Path.of("../../docs/configuration.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `((?:server|access|heartbeat|routing|agent)\\.[a-z.-]+)` \\| (.*?) \\|");

    @Test
    void tellsEveryKeyWithItsDefault() throws IOException {
        String reference = Files.readString(REFERENCE);

        Schema.platform()
                .defaults()
                .forEach((key, value) -> assertThat(reference).contains("| `%s` | `%s` |".formatted(key, value)));
    }

    @Test
    void tellsNoDefaultThatIsNone() throws IOException {
        List<MatchResult> rows =
                ROW.matcher(Files.readString(REFERENCE)).results().toList();

        assertThat(rows).hasSizeGreaterThan(20);
        assertThat(rows)
                .filteredOn(row -> row.group(2).startsWith("`"))
                .allSatisfy(row -> assertThat("`" + Schema.platform().defaults().get(row.group(1)) + "`")
                        .isEqualTo(row.group(2)));
    }

    @Test
    void showsExamplesThatAreAccepted(@TempDir Path home) throws IOException {
        List<String> examples = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(REFERENCE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThan(1).allSatisfy(example -> {
            Configuration configuration = new ConfigFiles(home).load(example);
            ServerConfig.from(configuration);
            configuration.check();
        });
    }
}
