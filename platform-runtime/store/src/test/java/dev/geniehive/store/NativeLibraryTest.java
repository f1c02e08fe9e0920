package dev.geniehive.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void unpacksTheLibraryOnceAndTellsTheDriver() throws Exception {
        Properties first = prepared();
        Path library = Path.of(first.getProperty("org.sqlite.lib.path")).resolve("libsqlitejdbc.so");
        assertThat(library).startsWith(folder.resolve("geniehive.db.driver"));
        assertThat(Files.size(library)).isGreaterThan(100_000);
        Object made = Files.readAttributes(library, "unix:ino").get("ino");

        assertThat(prepared()).isEqualTo(first);
        assertThat(Files.readAttributes(library, "unix:ino")).containsEntry("ino", made);
        assertThat(library.getParent()).isDirectoryContaining(library::equals);
    }

    @Test
    void leavesItToTheDriverWhereAnotherOneIsNeeded() {
        assertThat(NativeLibrary.inside("Mac OS X", "aarch64")).isEmpty();
        assertThat(NativeLibrary.inside("Windows 11", "amd64")).isEmpty();
        assertThat(NativeLibrary.inside("Linux", "riscv64")).isEmpty();
    }

    @Test
    void keepsOutWhereSomebodyElseDecided() {
        Properties decided = system();
        decided.setProperty("org.sqlite.lib.path", "/elsewhere");

        NativeLibrary.prepare(folder.resolve("geniehive.db"), decided);

        assertThat(decided).containsEntry("org.sqlite.lib.path", "/elsewhere");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesItToTheDriverWhereItCannotBeKept() throws Exception {
        Files.writeString(folder.resolve("geniehive.db.driver"), "not a folder");

        assertThat(prepared()).isEqualTo(system());
    }

    private Properties prepared() {
        Properties properties = system();
        NativeLibrary.prepare(folder.resolve("geniehive.db"), properties);
        return properties;
    }

    private static Properties system() {
        Properties properties = new Properties();
        properties.setProperty("os.name", System.getProperty("os.name"));
        properties.setProperty("os.arch", System.getProperty("os.arch"));
        return properties;
    }
}
