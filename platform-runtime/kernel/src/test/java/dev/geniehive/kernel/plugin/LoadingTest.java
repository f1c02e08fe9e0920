package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geniehive.api.spi.ExtensionPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LoadingTest {
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

    @Test
    void startsWithoutAnyFolder() throws Exception {
        room.started();

        assertThat(room.plugins.list()).isEmpty();
        assertThat(room.plugins.extensions().all(ExtensionPoint.GPU_PROBE)).isEmpty();
    }

    @Test
    void loadsAJarAndListsIt() throws Exception {
        Forge.plugin("acme.one").offering("probe", "other").jar(room.bundled.resolve("one.jar"));

        room.started();

        assertThat(room.plugins.list())
                .containsExactly(new PluginInfo(
                        "acme.one",
                        Optional.of("1.0.0"),
                        PluginInfo.State.STARTED,
                        "bundled/one.jar",
                        List.of("gpu-probe 'probe'", "gpu-probe 'other'"),
                        List.of(),
                        Optional.of(">=0.1.0 & <0.2.0"),
                        List.of()));
        assertThat(room.read("probe")).isEqualTo("1.0.0");
        assertThat(room.offer("probe").plugin()).isEqualTo("acme.one");
    }

    @Test
    void loadsAZipWithItsLibraries() throws Exception {
        Path library = Forge.library("acme.lib", "acme.lib.api").jar(root.resolve("acme.lib.jar"));
        Forge.plugin("acme.zipped")
                .alsoRequires("acme.lib")
                .compiledWith(library)
                .probe("acme.lib.api.Library.name()")
                .zip(room.mine.resolve("zipped.zip"), library);

        room.started();

        assertThat(room.read("probe")).isEqualTo("1.0.0 acme.lib");
    }

    @Test
    void twoPluginsMayCarryTheSameLibraryInDifferentVersions() throws Exception {
        for (String which : List.of("a", "b")) {
            Path library = Forge.library("acme.lib", "acme.lib.api")
                    .source(
                            "acme.lib.api.Library",
                            "package acme.lib.api; public final class Library { public static String name() { return \"%s\"; } }"
                                    .formatted(which))
                    .jar(root.resolve(which).resolve("acme.lib.jar"));
            Forge.plugin("acme." + which)
                    .offering(which)
                    .alsoRequires("acme.lib")
                    .compiledWith(library)
                    .probe("acme.lib.api.Library.name()")
                    .zip(room.mine.resolve(which + ".zip"), library);
        }

        room.started();

        assertThat(room.read("a")).isEqualTo("1.0.0 a");
        assertThat(room.read("b")).isEqualTo("1.0.0 b");
    }

    @Test
    void callsWithThePluginsOwnContextLoaderAndPutsTheCallersBack() throws Exception {
        Forge.plugin("acme.loader")
                .probe("(Thread.currentThread().getContextClassLoader() == Main.class.getClassLoader())")
                .jar(room.bundled.resolve("loader.jar"));
        room.started();
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        assertThat(room.read("probe")).isEqualTo("1.0.0 true");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void cannotSeeThePlatformsInsides() throws Exception {
        Forge.plugin("acme.spy")
                .source("acme.spy.Spy", """
                        package acme.spy;
                        final class Spy {
                            static String see(String type) {
                                try {
                                    return Class.forName(type).getName();
                                } catch (ClassNotFoundException e) {
                                    return "nothing";
                                }
                            }
                        }
                        """)
                .probe("Spy.see(\"dev.geniehive.kernel.app.Ticker\")")
                .jar(room.bundled.resolve("spy.jar"));
        room.started();

        assertThat(room.read("probe")).isEqualTo("1.0.0 nothing");
    }

    @Test
    void theUsersFolderWinsOverTheBundledOneAndThatIsSaid() throws Exception {
        Forge.plugin("acme.one").version("2.0.0").jar(room.bundled.resolve("one.jar"));
        Forge.plugin("acme.one").version("1.5.0").jar(room.mine.resolve("mine.jar"));

        room.started();

        assertThat(room.read("probe")).isEqualTo("1.5.0");
        assertThat(room.info("acme.one").notes())
                .containsExactly("mine/mine.jar wins over version 2.0.0 in bundled/one.jar");
    }

    @Test
    void inOneFolderTheHighestVersionWins() throws Exception {
        Forge.plugin("acme.one").version("1.9.0").jar(room.mine.resolve("a.jar"));
        Forge.plugin("acme.one").version("1.10.0").jar(room.mine.resolve("b.jar"));

        room.started();

        assertThat(room.read("probe")).isEqualTo("1.10.0");
    }

    @Test
    void theFirstKeepsANameAndTheLaterOneIsListedWithAProblem() throws Exception {
        Forge.plugin("acme.a").offering("probe").jar(room.mine.resolve("z.jar"));
        Forge.plugin("acme.b").offering("probe", "other").jar(room.mine.resolve("a.jar"));

        room.started();

        assertThat(room.offer("probe").plugin()).isEqualTo("acme.a");
        assertThat(room.offer("other").plugin()).isEqualTo("acme.b");
        assertThat(room.problems("acme.b"))
                .containsExactly(
                        "DUPLICATE_EXTENSION: its gpu-probe 'probe' is not used: plugin 'acme.a' offered that name first");
        assertThat(room.problems("acme.a")).isEmpty();
    }

    @Test
    void whoWasFirstKeepsANameAlsoAgainstALaterNeighbour() throws Exception {
        Forge.plugin("acme.b").jar(room.mine.resolve("b.jar"));
        room.started();
        Forge.plugin("acme.a").jar(room.mine.resolve("a.jar"));

        room.plugins.reload();

        assertThat(room.offer("probe").plugin()).isEqualTo("acme.b");
    }

    @Test
    void closingStopsEveryPluginAndClosesIt() throws Exception {
        Path closed = root.resolve("closed");
        Forge.plugin("acme.one")
                .main("public final class Main implements GeniePlugin, AutoCloseable", """
                        public List<Extension<?, ?>> extensions() { return List.of(GPU_PROBE.named("probe", Probe::new)); }
                        public void close() throws Exception { java.nio.file.Files.createFile(java.nio.file.Path.of("%s")); }
                        """.formatted(closed))
                .jar(room.mine.resolve("one.jar"));
        room.started();

        room.close();

        assertThat(closed).exists();
        assertThat(room.info("acme.one").state()).isEqualTo(PluginInfo.State.STOPPED);
        assertThat(room.plugins.extensions().all(ExtensionPoint.GPU_PROBE)).isEmpty();
    }

    @Test
    void tellsListenersOnlyOfRealChanges() throws Exception {
        AtomicInteger told = new AtomicInteger();
        Forge.plugin("acme.one").jar(room.mine.resolve("one.jar"));
        room.plugins.extensions().onChange(told::incrementAndGet);

        room.started();
        room.plugins.reload();

        assertThat(told).hasValue(1);
    }

    @Test
    void aListenerThatThrowsDoesNotKeepItFromTheOthers() throws Exception {
        AtomicInteger told = new AtomicInteger();
        Forge.plugin("acme.one").jar(room.mine.resolve("one.jar"));
        room.plugins.extensions().onChange(() -> {
            throw new IllegalStateException("expected by the test");
        });
        room.plugins.extensions().onChange(told::incrementAndGet);

        room.started();

        assertThat(told).hasValue(1);
    }

    @Test
    void aListenerMayNotReload() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Forge.plugin("acme.one").jar(room.mine.resolve("one.jar"));
        room.plugins.extensions().onChange(() -> {
            try {
                room.plugins.reload();
            } catch (IllegalStateException | InterruptedException e) {
                thrown.set(e);
            }
        });

        room.started();

        assertThatIllegalStateException().isThrownBy(() -> {
            throw thrown.get();
        });
    }

    @Test
    void deletesCopiesOfEarlierRuns() throws Exception {
        Path stale = Files.createDirectories(room.work.resolve("0123"));
        Files.writeString(stale.resolve("old.jar"), "old");
        Forge.plugin("acme.one").jar(room.mine.resolve("one.jar"));

        room.started();

        assertThat(stale).doesNotExist();
        assertThat(room.work).isDirectoryContaining(Files::isDirectory);
    }
}
