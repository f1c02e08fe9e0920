package dev.geniehive.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger log = LoggerFactory.getLogger("dev.geniehive.test.Example");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    @AfterEach
    void restore() throws IOException {
        String file = System.getProperty("java.util.logging.config.file");
        if (file == null) {
            LogManager.getLogManager().readConfiguration();
            return;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            LogManager.getLogManager().readConfiguration(in);
        }
    }

    @Test
    void writesOneLineAnEvent() {
        try (Logging _ = Logging.setUp(LogLevel.INFO, stream)) {
            log.info("Loaded {} of {}", 3, "100 %");
            log.warn("Careful");
            log.debug("Not this");
        }

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).matches(TIME + "INFO  Example: Loaded 3 of 100 %");
        assertThat(lines().get(1)).matches(TIME + "WARN  Example: Careful");
    }

    @Test
    void namesTheRequestThatALineIsAbout() {
        try (Logging _ = Logging.setUp(LogLevel.INFO, stream)) {
            RequestScope.run("req-1", () -> log.info("inside"));
            String answer = RequestScope.call("req-2", () -> RequestScope.id().orElseThrow());
            log.info("outside {}", answer);
        }

        assertThat(lines().get(0)).endsWith("INFO  [req-1] Example: inside");
        assertThat(lines().get(1)).endsWith("INFO  Example: outside req-2");
    }

    @Test
    void letsNobodyForgeALine() {
        try (Logging _ = Logging.setUp(LogLevel.INFO, stream)) {
            log.info("model '{}'", "x\n2026-01-01T12:00:00.123Z ERROR Example: forged\r\u001b[31m\u2028\u202e");
            RequestScope.run("a\nb", () -> log.info("id"));
        }

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).endsWith("forged\\r\\u001b[31m\\u2028\\u202e'");
        assertThat(lines().get(1)).contains("[a\\nb]");
    }

    @Test
    void cutsLongLines() {
        try (Logging _ = Logging.setUp(LogLevel.INFO, stream)) {
            log.info("ä".repeat(100_000));
        }

        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line).hasSize(LineFormatter.MAX_LINE).endsWith("ä…");
        });
    }

    @Test
    void indentsStackTracesAndKeepsThemFromForgingLines() {
        try (Logging _ = Logging.setUp(LogLevel.INFO, stream)) {
            log.error("Failed", new IllegalStateException("one\n2026 two"));
        }

        assertThat(lines().get(0)).endsWith("ERROR Example: Failed");
        assertThat(lines()).hasSizeGreaterThan(3);
        assertThat(lines().subList(1, lines().size())).allMatch(line -> line.startsWith("    "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Authorization: Bearer abcdefghij.klm | Authorization: Bearer ***
                    key sk-proj-abcdefghijk was          | key sk-*** was
                    gh-admin-AbCdEf0123456789_-x.        | gh-***.
                    token: hf_abcdefghijkl               | token: ***
                    {"api_key": "abcdefghijk"}           | {"api_key": "***"}
                    http://me:secret123@host/x           | http://me:***@host/x
                    token usage 12, risk-free gh-pages   | token usage 12, risk-free gh-pages
                    """)
    void masksWhatLooksLikeAKey(String message, String masked) {
        try (Logging _ = Logging.setUp(LogLevel.INFO, stream)) {
            log.info("{}", message);
        }

        assertThat(lines()).singleElement().asString().endsWith("Example: " + masked);
    }

    @Test
    void keepsChattyLibrariesQuiet() {
        try (Logging _ = Logging.setUp(LogLevel.DEBUG, stream)) {
            LoggerFactory.getLogger("org.pf4j.Anything").info("chatty");
            System.getLogger("io.helidon.webserver.Anything").log(System.Logger.Level.INFO, "chatty");
            LoggerFactory.getLogger("io.helidon.Anything").warn("important");
            log.debug("ours");
        }

        assertThat(lines())
                .extracting(line -> line.substring(25))
                .containsExactly("WARN  Anything: important", "DEBUG Example: ours");
    }

    @Test
    void writesToAFileInAFolderOfItsOwn() throws IOException {
        Path logs = folder.resolve("home/logs");
        try (Logging _ = Logging.setUp(LogLevel.INFO, stream).alsoTo(logs.resolve("geniehive.log"))) {
            log.info("both");
        }

        assertThat(Files.readString(logs.resolve("geniehive.log"))).endsWith("Example: both\n");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void keepsABoundedNumberOfFullFiles() throws IOException {
        Path file = folder.resolve("x.log");
        RotatingFile rotating = new RotatingFile(file, 10, 3);

        for (String line : List.of("aaaaaa\n", "bb\n", "cccccc\n", "dddddd\n", "eeeeeeeeeeeeee\n")) {
            rotating.write(line.getBytes(StandardCharsets.UTF_8));
        }
        rotating.close();

        assertThat(file).hasContent("eeeeeeeeeeeeee\n");
        assertThat(folder.resolve("x.log.1")).hasContent("dddddd\n");
        assertThat(folder.resolve("x.log.2")).hasContent("cccccc\n");
        assertThat(folder.resolve("x.log.3")).doesNotExist();
    }

    @Test
    void appendsAfterARestart() throws IOException {
        Path file = Files.writeString(folder.resolve("x.log"), "12345678\n");
        RotatingFile rotating = new RotatingFile(file, 10, 2);

        rotating.write("ab\n".getBytes(StandardCharsets.UTF_8));
        rotating.close();

        assertThat(file).hasContent("ab\n");
        assertThat(folder.resolve("x.log.1")).hasContent("12345678\n");
    }

    @Test
    void knowsTheWordsForLevels() {
        assertThat(LogLevel.of("Debug")).contains(LogLevel.DEBUG);
        assertThat(LogLevel.of("verbose")).isEmpty();
        assertThat(LogLevel.words()).isEqualTo("error, warn, info, debug, trace");
    }

    private List<String> lines() {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
