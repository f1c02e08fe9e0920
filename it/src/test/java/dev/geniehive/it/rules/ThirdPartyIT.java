package dev.geniehive.it.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever unpacks a zip can read what in it others wrote, and under which licence. */
class ThirdPartyIT {
    private static final Path DISTRIBUTION = Path.of("../distribution");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]+ \\| [^|]{3,} \\| https?://[^ |]+ \\|$");
    private static final Pattern VERSION = Pattern.compile("-\\d[^-]*(-[A-Za-z0-9]+)?\\.jar$");

    @Test
    void everyJarOfOthersIsListed() throws IOException {
        Set<String> listed = ROW.matcher(Files.readString(DISTRIBUTION.resolve("THIRD-PARTY.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        for (String kind : List.of("single", "control", "agent")) {
            assertThat(foreign(kind))
                    .as(kind)
                    .isNotEmpty()
                    .allSatisfy(jar -> assertThat(listed).contains(jar));
        }
    }

    private static List<String> foreign(String kind) throws IOException {
        try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve(kind).resolve("target/geniehive/lib"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("geniehive-"))
                    .map(name -> VERSION.matcher(name).replaceFirst(""))
                    .toList();
        }
    }
}
