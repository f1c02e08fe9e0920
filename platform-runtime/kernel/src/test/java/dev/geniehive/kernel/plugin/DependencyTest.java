package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin over another plugin, whose file comes first in the folder. */
@Timeout(20)
class DependencyTest {
    @TempDir
    private Path root;

    private Room room;

    @BeforeEach
    void open() {
        room = new Room(root);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Path base(String version) {
        return base(Forge.plugin("acme.base").version(version), version);
    }

    private Path base(Forge forge, String version) {
        return forge.offering("base")
                .directives(
                        "requires transitive dev.geniehive.api; exports acme.base.api; provides dev.geniehive.api.spi.GeniePlugin with acme.base.Main;")
                .source(
                        "acme.base.api.Word",
                        "package acme.base.api; public final class Word { public static String say() { return \"base %s\"; } }"
                                .formatted(version))
                .jar(room.mine.resolve("z-base.jar"));
    }

    private Forge above(String range) {
        return Forge.plugin("acme.above")
                .offering("above")
                .alsoRequires("acme.base")
                .compiledWith(room.mine.resolve("z-base.jar"))
                .manifest("Plugin-Dependencies", "acme.base@" + range)
                .probe("acme.base.api.Word.say()");
    }

    private void install(String range) {
        above(range).jar(room.mine.resolve("a-above.jar"));
    }

    @Test
    void startsADependencyFirstWhateverTheOrderOfTheFiles() throws Exception {
        base("1.0.0");
        install(">=1.0.0");

        room.started();

        assertThat(room.read("above")).isEqualTo("1.0.0 base 1.0.0");
    }

    @Test
    void replacingADependencyReloadsWhoDependsOnIt() throws Exception {
        base("1.0.0");
        install(">=1.0.0");
        room.started();
        Provided<?, ?> before = room.offer("above");
        base("1.1.0");

        room.plugins.reload();

        assertThat(room.offer("above")).isNotSameAs(before);
        assertThat(room.read("above")).isEqualTo("1.0.0 base 1.1.0");
    }

    @Test
    void aDependencyIsNotReplacedByOneThatItsDependentCannotUse() throws Exception {
        base("1.0.0");
        install(">=1.0.0 & <2.0.0");
        room.started();
        Provided<?, ?> before = room.offer("above");
        base("2.0.0");

        room.plugins.reload();

        assertThat(room.offer("above")).isSameAs(before);
        assertThat(room.read("base")).isEqualTo("1.0.0");
        assertThat(room.problems("acme.base"))
                .containsExactly(
                        "BREAKS_DEPENDENT: version 2.0.0 in mine/z-base.jar was refused: plugin 'acme.above' would not start with it: "
                                + "MISSING_PLUGIN: needs plugin 'acme.base' >=1.0.0 & <2.0.0, installed is 2.0.0");
    }

    @Test
    void bothAreReplacedTogether() throws Exception {
        base("1.0.0");
        install(">=1.0.0 & <2.0.0");
        room.started();
        base("2.0.0");
        above(">=2.0.0").version("2.0.0").jar(room.mine.resolve("a-above.jar"));

        room.plugins.reload();

        assertThat(room.read("above")).isEqualTo("2.0.0 base 2.0.0");
        assertThat(room.problems("acme.base")).isEmpty();
        assertThat(room.problems("acme.above")).isEmpty();
    }

    @Test
    void aBrokenNewDependencyKeepsBothAsTheyWere() throws Exception {
        base("1.0.0");
        install(">=1.0.0");
        room.started();
        Provided<?, ?> before = room.offer("above");
        Path file = base("1.1.0");
        Forge.plugin("acme.base").version("1.1.0").offering("twin", "twin").jar(file);

        room.plugins.reload();

        assertThat(room.offer("above")).isSameAs(before);
        assertThat(room.problems("acme.base")).singleElement().asString().startsWith("EXTENSIONS: version 1.1.0");
        assertThat(room.problems("acme.above")).isEmpty();
    }

    @Test
    void removingADependencyStopsWhoNeedsItAndBringingItBackStartsIt() throws Exception {
        Path file = base("1.0.0");
        install(">=1.0.0");
        room.started();
        Files.delete(file);

        room.plugins.reload();

        assertThat(room.problems("acme.above"))
                .containsExactly("MISSING_PLUGIN: needs plugin 'acme.base' >=1.0.0, which is not installed");
        assertThat(room.info("acme.above").state()).isEqualTo(PluginInfo.State.FAILED);
        base("1.0.0");
        room.plugins.reload();
        assertThat(room.read("above")).isEqualTo("1.0.0 base 1.0.0");
    }
}
