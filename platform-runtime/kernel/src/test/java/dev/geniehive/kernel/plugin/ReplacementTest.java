package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.spi.GpuProbe;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ReplacementTest {
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

    /** Runs something that may be interrupted on a thread of its own. */
    private static <R> CompletableFuture<R> async(java.util.concurrent.Callable<R> work) {
        CompletableFuture<R> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private CompletableFuture<Boolean> reloading() {
        CountDownLatch told = new CountDownLatch(1);
        room.plugins.extensions().onChange(told::countDown);
        CompletableFuture<Boolean> done = async(() -> {
            room.plugins.reload();
            return true;
        });
        await(told);
        return done;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void install(String version) {
        Forge.plugin("acme.one").version(version).jar(room.mine.resolve("one.jar"));
    }

    @Test
    void aChangedFileReplacesTheRunningVersion() throws Exception {
        install("1.0.0");
        room.started();
        Provided<?, ?> before = room.offer("probe");
        install("1.1.0");

        room.plugins.reload();

        assertThat(room.read("probe")).isEqualTo("1.1.0");
        assertThat(room.offer("probe")).isNotSameAs(before);
        assertThat(room.info("acme.one").version()).contains("1.1.0");
    }

    @Test
    void anUnchangedPluginIsLeftAlone() throws Exception {
        install("1.0.0");
        room.started();
        Provided<?, ?> before = room.offer("probe");

        room.plugins.reload();

        assertThat(room.offer("probe")).isSameAs(before);
    }

    @Test
    void aFileOverwrittenInPlaceDoesNotHurtTheRunningVersion() throws Exception {
        Forge.plugin("acme.one")
                .source(
                        "acme.one.Late",
                        "package acme.one; final class Late { static String word() { return \"late\"; } }")
                .probe("Late.word()")
                .jar(room.mine.resolve("one.jar"));
        room.started();
        Lent<GpuProbe> probe = room.probe("probe");
        Files.writeString(room.mine.resolve("one.jar"), "overwritten");

        assertThat(Room.read(probe)).isEqualTo("1.0.0 late");
    }

    @Test
    void aRunningCallEndsOnTheOldVersionWhileTheNewOneServes() throws Exception {
        install("1.0.0");
        room.started();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Lent<GpuProbe> old = room.probe("probe", () -> {
            inside.countDown();
            await(go);
            return Optional.of("finished");
        });
        CompletableFuture<String> running = async(() -> Room.read(old));
        await(inside);
        install("2.0.0");

        CompletableFuture<Boolean> reload = reloading();

        assertThat(room.read("probe")).isEqualTo("2.0.0");
        assertThat(reload).isNotDone();
        assertThat(room.info("acme.one").notes()).containsExactly("version 1.0.0 is finishing 1 call");
        go.countDown();
        assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo("1.0.0 finished");
        assertThat(reload.get(10, TimeUnit.SECONDS)).isTrue();
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> Room.read(old))
                .withMessage("Plugin 'acme.one' 1.0.0 is stopping and takes no more calls; ask again.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
    }

    @Test
    void aHeldReplyKeepsTheOldVersionUntilItIsClosed() throws Exception {
        Path closed = root.resolve("closed");
        Forge.plugin("acme.one")
                .main("public final class Main implements GeniePlugin, AutoCloseable", """
                        public List<Extension<?, ?>> extensions() { return List.of(GPU_PROBE.named("probe", Probe::new)); }
                        public void close() throws Exception { java.nio.file.Files.createFile(java.nio.file.Path.of("%s")); }
                        """.formatted(closed))
                .jar(room.mine.resolve("one.jar"));
        room.started();
        CountDownLatch replyClosed = new CountDownLatch(1);
        Held<AutoCloseable> held = room.probe("probe").hold(probe -> replyClosed::countDown);
        Files.delete(room.mine.resolve("one.jar"));

        CompletableFuture<Boolean> reload = reloading();

        assertThat(reload).isNotDone();
        assertThat(closed).doesNotExist();
        held.close();
        held.close();
        assertThat(reload.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(replyClosed.getCount()).isZero();
        assertThat(closed).exists();
        assertThat(room.plugins.extensions().all(room.offerPoint())).isEmpty();
    }

    @Test
    void aStopGoesOnWhenTheDrainTimeoutHasPassed() throws Exception {
        room.close();
        room = new Room(root, settings -> settings.drainTimeout(Duration.ofMillis(50)));
        install("1.0.0");
        room.started();
        Held<AutoCloseable> held = room.probe("probe").hold(probe -> () -> {});
        Files.delete(room.mine.resolve("one.jar"));

        room.plugins.reload();

        assertThat(room.info("acme.one").state()).isEqualTo(PluginInfo.State.STOPPED);
        assertThat(room.info("acme.one").notes()).containsExactly("version 1.0.0 is finishing 1 call");
        held.close();
        assertThat(room.plugins.list()).isEmpty();
    }

    @Test
    void aBrokenReplacementKeepsTheOldVersionAndSaysWhy() throws Exception {
        install("1.0.0");
        room.started();
        Provided<?, ?> before = room.offer("probe");
        Forge.plugin("acme.one").version("2.0.0").offering("twin", "twin").jar(room.mine.resolve("one.jar"));

        room.plugins.reload();

        assertThat(room.offer("probe")).isSameAs(before);
        assertThat(room.read("probe")).isEqualTo("1.0.0");
        assertThat(room.info("acme.one").state()).isEqualTo(PluginInfo.State.STARTED);
        assertThat(room.info("acme.one").version()).contains("1.0.0");
        assertThat(room.problems("acme.one"))
                .containsExactly(
                        "EXTENSIONS: version 2.0.0 in mine/one.jar was refused: extensions() has gpu-probe 'twin' twice");
    }

    @Test
    void aTornReplacementKeepsTheOldVersionAndAGoodOneHealsIt() throws Exception {
        install("1.0.0");
        room.started();
        Files.writeString(room.mine.resolve("one.jar"), "torn");

        room.plugins.reload();

        assertThat(room.read("probe")).isEqualTo("1.0.0");
        assertThat(room.problems("acme.one")).singleElement().asString().startsWith("BAD_ARCHIVE: ");
        install("1.2.0");
        room.plugins.reload();
        assertThat(room.read("probe")).isEqualTo("1.2.0");
        assertThat(room.problems("acme.one")).isEmpty();
    }

    @Test
    void aTrialIsMadeOnceAndIsTheRealOneThen() throws Exception {
        Path made = root.resolve("made");
        install("1.0.0");
        room.started();
        Forge.plugin("acme.one").version("2.0.0").body("""
                        public Main() throws Exception { java.nio.file.Files.createFile(java.nio.file.Path.of("%s")); }
                        public List<Extension<?, ?>> extensions() { return List.of(GPU_PROBE.named("probe", Probe::new)); }
                        """.formatted(made)).jar(room.mine.resolve("one.jar"));

        room.plugins.reload();

        assertThat(made).exists();
        assertThat(room.read("probe")).isEqualTo("2.0.0");
    }

    @Test
    void aRemovedFileUnloadsItsPlugin() throws Exception {
        install("1.0.0");
        room.started();
        Files.delete(room.mine.resolve("one.jar"));

        room.plugins.reload();

        assertThat(room.plugins.extensions().all(room.offerPoint())).isEmpty();
    }

    @Test
    void anOverriddenPluginComesBackWhenTheUsersOneIsRemoved() throws Exception {
        Forge.plugin("acme.one").version("1.0.0").jar(room.bundled.resolve("one.jar"));
        Path mine = Forge.plugin("acme.one").version("1.1.0").jar(room.mine.resolve("one.jar"));
        room.started();
        Files.delete(mine);

        room.plugins.reload();

        assertThat(room.read("probe")).isEqualTo("1.0.0");
        assertThat(room.info("acme.one").notes()).isEmpty();
    }

    @Test
    void anUnloadedLayerIsCollected() throws Exception {
        install("1.0.0");
        room.started();
        ReferenceQueue<ModuleLayer> queue = new ReferenceQueue<>();
        PhantomReference<ModuleLayer> layer = layerOfProbe(queue);
        install("2.0.0");
        room.plugins.reload();

        for (int i = 0; i < 50 && !layer.refersTo(null); i++) {
            System.gc();
            queue.remove(100);
        }

        assertThat(layer.refersTo(null)).isTrue();
        room.clock.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(room.info("acme.one").notes()).isEmpty();
    }

    @Test
    void aVersionThatStaysInMemoryIsListedAsHeld() throws Exception {
        install("1.0.0");
        room.started();
        Lent<GpuProbe> forgotten = room.probe("probe");
        install("2.0.0");
        room.plugins.reload();
        assertThat(room.info("acme.one").notes()).isEmpty();

        room.clock.addAndGet(Duration.ofMinutes(2).toNanos());
        System.gc();

        assertThat(room.info("acme.one").notes()).containsExactly("version 1.0.0 still held");
        assertThat(forgotten.plugin()).isEqualTo("acme.one");
    }

    private PhantomReference<ModuleLayer> layerOfProbe(ReferenceQueue<ModuleLayer> queue) throws InterruptedException {
        return room.probe("probe")
                .call(probe ->
                        new PhantomReference<>(probe.getClass().getModule().getLayer(), queue));
    }

    @Test
    void givingUpOnTheWaitDoesNotStopTheReload() throws Exception {
        install("1.0.0");
        room.started();
        Held<AutoCloseable> held = room.probe("probe").hold(probe -> () -> {});
        install("2.0.0");
        CountDownLatch told = new CountDownLatch(1);
        room.plugins.extensions().onChange(told::countDown);
        CompletableFuture<Thread> who = new CompletableFuture<>();
        CompletableFuture<Boolean> reload = async(() -> {
            who.complete(Thread.currentThread());
            room.plugins.reload();
            return true;
        });
        await(told);

        who.get(10, TimeUnit.SECONDS).interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> reload.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(InterruptedException.class);
        held.close();
        room.plugins.reload();
        assertThat(room.read("probe")).isEqualTo("2.0.0");
    }
}
