package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each bad plugin says what is wrong with it, and its healthy neighbour runs. */
@Timeout(20)
class BrokenPluginsTest {
    @TempDir
    private static Path shared;

    private static Path good;

    @TempDir
    private Path root;

    private Room room;

    @BeforeAll
    static void forgeTheGoodOne() {
        good = Forge.plugin("acme.good").offering("good").jar(shared.resolve("good.jar"));
    }

    @BeforeEach
    void open() {
        room = new Room(root, settings -> settings.callDeadline(Duration.ofMillis(700)));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private String onlyProblem(Forge bad) throws Exception {
        bad.jar(room.mine.resolve("bad.jar"));
        return onlyProblem("acme.bad");
    }

    private String onlyProblem(String id) throws Exception {
        Files.createDirectories(room.mine);
        Files.copy(good, room.mine.resolve("good.jar"));
        room.started();
        assertThat(room.read("good")).isEqualTo("1.0.0");
        assertThat(room.info("acme.good").problems()).isEmpty();
        assertThat(room.info(id).state()).isEqualTo(PluginInfo.State.FAILED);
        assertThat(room.info(id).extensions()).isEmpty();
        assertThat(room.problems(id)).hasSize(1);
        return room.problems(id).getFirst();
    }

    @Test
    void anotherPlatform() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").manifest("Plugin-Requires", ">=9.0.0")))
                .isEqualTo("API_VERSION: needs platform API >=9.0.0, this platform offers 0.1.0");
    }

    @Test
    void aVersionThatIsNone() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").version("latest")))
                .isEqualTo("BAD_VERSION: Plugin-Version 'latest' is not a semantic version such as 1.2.0");
    }

    @Test
    void aRangeThatIsNone() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").manifest("Plugin-Requires", ">= & banana")))
                .isEqualTo(
                        "BAD_VERSION: Plugin-Requires has '>= & banana', which is not a range such as >=1.2.0 & <2.0.0");
    }

    @Test
    void anOptionalDependency() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").manifest("Plugin-Dependencies", "acme.good?@>=1.0.0")))
                .isEqualTo("BAD_DEPENDENCY: depends on 'acme.good' optionally, which is not supported");
    }

    @Test
    void carryingThePlatformsApi() throws Exception {
        Path copy = Forge.library("dev.geniehive.api", "dev.geniehive.api.spi").jar(root.resolve("api.jar"));
        Forge.plugin("acme.bad").zip(room.mine.resolve("bad.zip"), copy);

        assertThat(onlyProblem("acme.bad"))
                .isEqualTo(
                        "RESERVED_MODULE: carries module 'dev.geniehive.api', which the platform provides; give that dependency <scope>provided</scope>");
    }

    @Test
    void callingItselfAPartOfThePlatform() throws Exception {
        Forge.library("dev.geniehive.store", "dev.geniehive.store")
                .manifest("Plugin-Id", "dev.geniehive.store")
                .manifest("Plugin-Version", "1.0.0")
                .jar(room.mine.resolve("bad.jar"));

        assertThat(onlyProblem("dev.geniehive.store"))
                .startsWith("RESERVED_MODULE: carries module 'dev.geniehive.store'");
    }

    @Test
    void carryingALoggingApi() throws Exception {
        Path copy = Forge.library("org.slf4j.fake", "org.slf4j.fake").jar(root.resolve("fake.jar"));
        Forge.plugin("acme.bad").zip(room.mine.resolve("bad.zip"), copy);

        assertThat(onlyProblem("acme.bad")).startsWith("RESERVED_MODULE: carries module 'org.slf4j.fake'");
    }

    @Test
    void requiringThePlatformsInsides() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").alsoRequires("dev.geniehive.kernel")))
                .isEqualTo(
                        "FORBIDDEN_REQUIRES: module 'acme.bad' requires 'dev.geniehive.kernel', which is internal to the platform");
    }

    @Test
    void nativeMethodsThatTheManifestDoesNotAskFor() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad")
                        .source("acme.bad.Glue", "package acme.bad; final class Glue { native void call(); }")))
                .isEqualTo(
                        "NATIVE_ACCESS: acme/bad/Glue.class in bad.jar has native methods, and its manifest does not ask for that. If it should, add 'Plugin-Native-Access: true'");
    }

    @Test
    void callsOfNativeCodeThatTheManifestDoesNotAskFor() throws Exception {
        assertThat(onlyProblem(callingNativeCode("acme.bad")))
                .startsWith(
                        "NATIVE_ACCESS: acme/bad/Glue.class in bad.jar calls java.lang.foreign.Linker.downcallHandle");

        room.plugins.reload();

        assertThat(room.problems("acme.bad")).hasSize(1);
    }

    @Test
    void nativeCodeInALibraryThatTheManifestDoesNotAskFor() throws Exception {
        Path library = Forge.library("some.lib", "some.lib")
                .source("some.lib.Glue", "package some.lib; class Glue { void go() { System.loadLibrary(\"x\"); } }")
                .jar(root.resolve("lib.jar"));
        Forge.plugin("acme.bad").zip(room.mine.resolve("bad.zip"), library);

        assertThat(onlyProblem("acme.bad"))
                .contains("some/lib/Glue.class in lib.jar calls java.lang.System.loadLibrary");
    }

    @Test
    void nativeCodeIsFineForWhoAsksForIt() throws Exception {
        callingNativeCode("acme.asks").manifest("Plugin-Native-Access", "true").jar(room.mine.resolve("asks.jar"));
        room.started();

        assertThat(room.info("acme.asks").problems()).isEmpty();
    }

    private static Forge callingNativeCode(String module) {
        return Forge.plugin(module).source(module + ".Glue", """
                        package %s;
                        import java.lang.foreign.*;
                        final class Glue {
                            Object abs() {
                                Linker linker = Linker.nativeLinker();
                                return linker.downcallHandle(
                                        linker.defaultLookup().find("abs").orElseThrow(),
                                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                            }
                        }
                        """.formatted(module));
    }

    @Test
    void requiringWhatNobodyHas() throws Exception {
        Path ghost = Forge.library("ghost.lib", "ghost.lib").jar(root.resolve("ghost.jar"));

        assertThat(onlyProblem(
                        Forge.plugin("acme.bad").alsoRequires("ghost.lib").compiledWith(ghost)))
                .isEqualTo(
                        "MISSING_MODULE: Module ghost.lib not found, required by acme.bad (neither carried by the plugin, nor offered by the platform, nor in this run-time image)");
    }

    @Test
    void aConstructorThatThrows() throws Exception {
        assertThat(
                        onlyProblem(
                                Forge.plugin("acme.bad")
                                        .body(
                                                "public Main() { throw new IllegalStateException(\"licence key missing\"); } public List<Extension<?, ?>> extensions() { return List.of(); }")))
                .startsWith("CONSTRUCTOR: ")
                .endsWith("java.lang.IllegalStateException: licence key missing");
    }

    @Test
    void aConstructorThatDoesNotReturn() throws Exception {
        assertThat(
                        onlyProblem(
                                Forge.plugin("acme.bad")
                                        .body(
                                                "public Main() throws Exception { new java.util.concurrent.CountDownLatch(1).await(); } public List<Extension<?, ?>> extensions() { return List.of(); }")))
                .isEqualTo("CONSTRUCTOR: did not start within 0.7s");
    }

    @Test
    void aClassWhoseLibraryIsGone() throws Exception {
        Path library = Forge.library("gone.lib", "gone.lib").jar(root.resolve("gone.jar"));

        assertThat(
                        onlyProblem(
                                Forge.plugin("acme.bad")
                                        .directives(
                                                "requires dev.geniehive.api; requires static gone.lib; provides dev.geniehive.api.spi.GeniePlugin with acme.bad.Main;")
                                        .compiledWith(library)
                                        .body(
                                                "static final String NAME = gone.lib.Library.name(); public List<Extension<?, ?>> extensions() { return List.of(); }")))
                .startsWith("CONSTRUCTOR: ")
                .contains("gone/lib/Library");
    }

    @Test
    void noModuleAtAll() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").directives("").manifest("Automatic-Module-Name", "acme.bad")))
                .isEqualTo(
                        "NOT_A_MODULE: 'acme.bad' has no module-info.class (automatic module); add a module-info.java");
    }

    @Test
    void anotherModulesName() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.other").manifest("Plugin-Id", "acme.bad")))
                .isEqualTo(
                        "NOT_A_MODULE: no module named 'acme.bad' in the plugin; it holds [acme.other]. A plugin jar must have a module-info.java whose module name is its Plugin-Id");
    }

    @Test
    void twoLibrariesWithTheSamePackage() throws Exception {
        Path one = Forge.library("lib.one", "shared.p").jar(root.resolve("one.jar"));
        Path two = Forge.library("lib.two", "shared.p").jar(root.resolve("two.jar"));
        Path own = root.resolve("own.jar");
        Forge.plugin("acme.bad").alsoRequires("lib.one").compiledWith(one).jar(own);
        Forge.plugin("acme.bad")
                .directives(
                        "requires dev.geniehive.api; requires lib.one; uses Runnable; provides dev.geniehive.api.spi.GeniePlugin with acme.bad.Main;")
                .compiledWith(one)
                .zip(room.mine.resolve("bad.zip"), one, withService(two));

        assertThat(onlyProblem("acme.bad")).startsWith("SPLIT_PACKAGE: ").contains("shared.p");
    }

    /** A library that gets resolved because it provides a service, as JDBC drivers are. */
    private Path withService(Path plain) {
        return Forge.library("lib.two", "shared.p")
                .directives("exports shared.p; provides Runnable with shared.p.Task;")
                .source(
                        "shared.p.Task",
                        "package shared.p; public final class Task implements Runnable { public void run() {} }")
                .jar(plain);
    }

    @Test
    void providingNothing() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").directives("requires dev.geniehive.api;")))
                .isEqualTo(
                        "NO_PROVIDER: module 'acme.bad' provides no dev.geniehive.api.spi.GeniePlugin in its module-info");
    }

    @Test
    void providingTwice() throws Exception {
        assertThat(
                        onlyProblem(
                                Forge.plugin("acme.bad")
                                        .directives(
                                                "requires dev.geniehive.api; provides dev.geniehive.api.spi.GeniePlugin with acme.bad.Main, acme.bad.Second;")
                                        .source(
                                                "acme.bad.Second",
                                                "package acme.bad; public final class Second implements dev.geniehive.api.spi.GeniePlugin { public java.util.List<dev.geniehive.api.spi.Extension<?, ?>> extensions() { return java.util.List.of(); } }")))
                .isEqualTo("MANY_PROVIDERS: module 'acme.bad' provides 2 plugin classes; one is right");
    }

    @Test
    void extensionsThatThrow() throws Exception {
        assertThat(
                        onlyProblem(
                                Forge.plugin("acme.bad")
                                        .body(
                                                "public List<Extension<?, ?>> extensions() { throw new IllegalStateException(\"not today\"); }")))
                .isEqualTo("EXTENSIONS: extensions() failed: java.lang.IllegalStateException: not today");
    }

    @Test
    void extensionsThatAreNull() throws Exception {
        assertThat(onlyProblem(
                        Forge.plugin("acme.bad").body("public List<Extension<?, ?>> extensions() { return null; }")))
                .startsWith("EXTENSIONS: extensions() failed: java.lang.NullPointerException");
    }

    @Test
    void extensionsWithTheSameName() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").offering("twin", "twin")))
                .isEqualTo("EXTENSIONS: extensions() has gpu-probe 'twin' twice");
    }

    @Test
    void noDescriptor() throws Exception {
        Forge.plugin("acme.bad").withoutDescriptor().jar(room.mine.resolve("bad.jar"));

        assertThat(onlyProblem("bad.jar")).isEqualTo("NO_DESCRIPTOR: bad.jar has no Plugin-Id in its manifest");
    }

    @Test
    void aTornArchive() throws Exception {
        Path whole = Forge.plugin("acme.bad").jar(root.resolve("whole.jar"));
        byte[] bytes = Files.readAllBytes(whole);
        Files.createDirectories(room.mine);
        Files.write(
                room.mine.resolve("bad.jar"),
                List.of(new String(bytes, 0, 100, java.nio.charset.StandardCharsets.ISO_8859_1)));

        assertThat(onlyProblem("bad.jar")).startsWith("BAD_ARCHIVE: bad.jar: ");
    }

    @Test
    void aTornLibrary() throws Exception {
        Path library = Files.writeString(root.resolve("torn.jar"), "this is no jar");
        Forge.plugin("acme.bad").zip(room.mine.resolve("bad.zip"), library);

        assertThat(onlyProblem("acme.bad")).startsWith("BAD_ARCHIVE: ");
    }

    @Test
    void aZipWithoutAJarOfItsOwn() throws Exception {
        Files.createDirectories(room.mine);
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(room.mine.resolve("bad.zip")))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("../../escaped.jar"));
            zip.closeEntry();
        }

        assertThat(onlyProblem("bad.zip"))
                .isEqualTo(
                        "BAD_ARCHIVE: bad.zip has 0 jars at its root; a plugin's zip has its own jar there and libraries in lib/");
        assertThat(root.resolve("escaped.jar")).doesNotExist();
    }

    @Test
    void aMissingPlugin() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").manifest("Plugin-Dependencies", "acme.ghost@>=1.0.0")))
                .isEqualTo("MISSING_PLUGIN: needs plugin 'acme.ghost' >=1.0.0, which is not installed");
    }

    @Test
    void anotherVersionOfAHealthyPlugin() throws Exception {
        assertThat(onlyProblem(Forge.plugin("acme.bad").manifest("Plugin-Dependencies", "acme.good@>=7.0.0")))
                .isEqualTo("MISSING_PLUGIN: needs plugin 'acme.good' >=7.0.0, installed is 1.0.0");
    }

    @Test
    void aCycleAndWhoDependsOnIt() throws Exception {
        Forge.plugin("acme.x").manifest("Plugin-Dependencies", "acme.y").jar(room.mine.resolve("x.jar"));
        Forge.plugin("acme.y").manifest("Plugin-Dependencies", "acme.x").jar(room.mine.resolve("y.jar"));
        Forge.plugin("acme.bad").manifest("Plugin-Dependencies", "acme.x").jar(room.mine.resolve("bad.jar"));

        assertThat(onlyProblem("acme.bad")).isEqualTo("MISSING_PLUGIN: needs plugin 'acme.x', which cannot start");
        assertThat(room.problems("acme.x")).containsExactly("MISSING_PLUGIN: is part of a dependency cycle");
        assertThat(room.problems("acme.y")).containsExactly("MISSING_PLUGIN: is part of a dependency cycle");
    }

    @Test
    void aDependencyThatCannotStart() throws Exception {
        Forge.plugin("acme.base").offering("twin", "twin").jar(room.mine.resolve("base.jar"));

        assertThat(onlyProblem(Forge.plugin("acme.bad").manifest("Plugin-Dependencies", "acme.base")))
                .isEqualTo("MISSING_PLUGIN: needs plugin 'acme.base', which cannot start");
    }
}
