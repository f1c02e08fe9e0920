package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.spi.GpuProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class WallTest {
    @TempDir
    private Path root;

    private Room room;

    @BeforeEach
    void open() throws Exception {
        room = new Room(root, settings -> settings.callDeadline(Duration.ofMillis(500)));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Lent<GpuProbe> probe(String expression) throws InterruptedException {
        return forged(Forge.plugin("acme.one").probe(expression));
    }

    private Lent<GpuProbe> forged(Forge forge) throws InterruptedException {
        forge.jar(room.mine.resolve("one.jar"));
        room.started();
        return room.probe("probe");
    }

    @Test
    void aMissingClassComesOutAsAnErrorThatNamesThePlugin() throws Exception {
        Path library = Forge.library("gone.lib", "gone.lib").jar(root.resolve("gone.jar"));
        Lent<GpuProbe> probe = forged(Forge.plugin("acme.one")
                .directives(
                        "requires dev.geniehive.api; requires static gone.lib; provides dev.geniehive.api.spi.GeniePlugin with acme.one.Main;")
                .compiledWith(library)
                .probe("gone.lib.Library.name()"));

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> Room.read(probe))
                .withMessage("Plugin 'acme.one' 1.0.0 broke in gpu-probe 'probe': java.lang.NoClassDefFoundError")
                .withCauseInstanceOf(NoClassDefFoundError.class)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL));
        assertThat(room.calls).last().isEqualTo("acme.one gpu-probe 'probe' failed");
    }

    @Test
    void anExceptionComesOutAsAnErrorThatNamesThePluginOnAFreshThreadToo() throws Exception {
        Lent<GpuProbe> probe = probe("List.of().getFirst()");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> probe.callWithin(Duration.ofSeconds(5), Room::reason))
                .withMessage("Plugin 'acme.one' 1.0.0 broke in gpu-probe 'probe': java.util.NoSuchElementException")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL));
    }

    @Test
    void whatHasWordsForTheClientComesThroughAsItIs() throws Exception {
        Lent<GpuProbe> probe = probe("\"\"");
        GenieException refused = new GenieException(ErrorKind.NOT_FOUND, "no such thing");
        UpstreamException failed = new UpstreamException(UpstreamException.Failure.REFUSED, false, "refused");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> probe.call(it -> {
                    throw refused;
                }))
                .isSameAs(refused);
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> probe.callWithin(Duration.ofSeconds(5), it -> {
                    throw failed;
                }))
                .isSameAs(failed);
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> probe.hold(it -> {
                    throw new InterruptedException();
                }));
        assertThat(room.calls).doesNotContain("acme.one gpu-probe 'probe' failed");
    }

    @Test
    void aCallStaysOnTheCallersThreadAndACallWithALimitDoesNot() throws Exception {
        Lent<GpuProbe> probe = probe("\"\"");

        assertThat(probe.<Thread>call(it -> Thread.currentThread())).isSameAs(Thread.currentThread());
        assertThat(probe.<Boolean>callWithin(
                        Duration.ofSeconds(5), it -> Thread.currentThread().isVirtual()))
                .isTrue();
    }

    @Test
    void aCallThatTakesTooLongIsInterrupted() throws Exception {
        Lent<GpuProbe> probe = probe("\"\"");
        CountDownLatch interrupted = new CountDownLatch(1);

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> probe.<Boolean>callWithin(Duration.ofMillis(50), it -> {
                    try {
                        new CountDownLatch(1).await();
                        return true;
                    } finally {
                        interrupted.countDown();
                    }
                }))
                .withMessage("Plugin 'acme.one' took more than 0.05s over gpu-probe 'probe' and was interrupted.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMED_OUT));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptedCallerInterruptsTheCall() throws Exception {
        Lent<GpuProbe> probe = probe("\"\"");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean gaveUp = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                probe.<Boolean>callWithin(Duration.ofMinutes(1), it -> {
                    try {
                        inside.countDown();
                        new CountDownLatch(1).await();
                        return true;
                    } finally {
                        interrupted.countDown();
                    }
                });
            } catch (InterruptedException e) {
                gaveUp.set(true);
            }
        });
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
        assertThat(gaveUp).isTrue();
    }

    @Test
    void anExtensionThatCannotBeMadeIsAnErrorOfItsPlugin() throws Exception {
        Forge.plugin("acme.one").body("""
                        public List<Extension<?, ?>> extensions() {
                            return List.of(GPU_PROBE.named("probe", context -> null),
                                    GPU_PROBE.named("slow", context -> {
                                        try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { }
                                        return null;
                                    }));
                        }
                        """).jar(room.mine.resolve("one.jar"));
        room.started();

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> room.probe("probe"))
                .withMessage("Plugin 'acme.one' 1.0.0 broke in gpu-probe 'probe': java.lang.NullPointerException");
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> room.probe("slow"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMED_OUT));
    }

    @Test
    void measuresEveryCall() throws Exception {
        Lent<GpuProbe> probe = probe("\"\"");
        room.calls.clear();

        Room.read(probe);
        probe.callWithin(Duration.ofSeconds(5), Room::reason);
        probe.hold(it -> () -> {}).close();

        assertThat(room.calls).hasSize(4).containsOnly("acme.one gpu-probe 'probe' worked");
    }

    @Test
    void aReplyThatFailsToCloseStillLetsItsPluginGo() throws Exception {
        Lent<GpuProbe> probe = probe("\"\"");
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        Held<AutoCloseable> held = probe.hold(it -> () -> {
            loader.set(Thread.currentThread().getContextClassLoader());
            throw new java.io.IOException("expected by the test");
        });

        held.close();

        assertThat(loader.get())
                .isSameAs(probe.<ClassLoader>call(it -> it.getClass().getClassLoader()));
        room.close();
        assertThat(room.plugins.list())
                .allSatisfy(plugin -> assertThat(plugin.notes()).isEmpty());
    }

    @Test
    void hearsWhatThePlatformLends() throws Exception {
        forged(Forge.plugin("acme.one"));

        assertThat(Room.read(room.probe("probe", () -> Optional.of("hello")))).isEqualTo("1.0.0 hello");
    }
}
