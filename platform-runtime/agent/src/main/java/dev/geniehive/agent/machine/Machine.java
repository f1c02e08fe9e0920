package dev.geniehive.agent.machine;

import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads this machine every few seconds, on a platform thread of its own, since native calls pin their thread. Where the
 * operating system cannot be asked, what it would have told is absent, and nothing else suffers.
 */
public final class Machine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Machine.class);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(5);
    private static final Duration FIRST_READING = Duration.ofSeconds(3);

    private final Path home;
    private final Supplier<? extends Instruments> maker;
    private final Duration pause;
    private final CountDownLatch read = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<Platform> platform = Optional.empty();
    private volatile Optional<Telemetry> telemetry = Optional.empty();

    /** Reads the operating system. Used by one thread; may throw anything where it is not supported. */
    interface Instruments {
        Platform platform();

        /** {@return share of all processors that was busy since the last call; absent the first time} */
        OptionalDouble cpuLoad();

        OptionalLong memoryAvailableBytes();

        OptionalLong uptimeSeconds();
    }

    private Machine(Path home, Supplier<? extends Instruments> maker, Duration pause) {
        this.home = home;
        this.maker = maker;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("machine").unstarted(this::keepReading);
    }

    /**
     * Starts to read.
     *
     * @param home the folder whose disk counts
     */
    public static Machine watch(Path home) {
        return watch(home, Machine::here, BETWEEN_READINGS);
    }

    /** {@return what reads the system that this runs on} */
    private static Instruments here() {
        Path root = Path.of("/");
        return LinuxInstruments.fits(root) ? new LinuxInstruments(root) : new OshiInstruments();
    }

    static Machine watch(Path home, Supplier<? extends Instruments> maker, Duration pause) {
        Machine machine = new Machine(home, maker, pause);
        machine.thread.start();
        return machine;
    }

    /** {@return what machine this is; waits a moment for the first reading, then says what the JVM knows} */
    public Platform platform() throws InterruptedException {
        if (!read.await(FIRST_READING.toNanos(), TimeUnit.NANOSECONDS)) {
            log.warn("Reading the facts of this machine takes long; those of the JVM are reported");
        }
        return platform.orElseGet(ThisMachine::platform);
    }

    /** {@return how it felt when it was last read; empty before that} */
    public Optional<Telemetry> telemetry() {
        return telemetry;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keepReading() {
        try {
            Optional<Instruments> instruments = instruments();
            while (true) {
                telemetry = Optional.of(reading(instruments));
                read.countDown();
                Thread.sleep(pause);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            read.countDown();
        }
    }

    /** Native code that is missing or does not fit shows as an error, not as an exception. */
    private Optional<Instruments> instruments() {
        try {
            Instruments made = maker.get();
            platform = Optional.of(made.platform());
            return Optional.of(made);
        } catch (RuntimeException | LinkageError unsupported) {
            log.warn("This machine cannot be read, so its load is not reported: {}", unsupported.toString());
            return Optional.empty();
        }
    }

    private Telemetry reading(Optional<Instruments> instruments) {
        try {
            return new Telemetry(
                    instruments.map(Instruments::cpuLoad).orElse(OptionalDouble.empty()),
                    instruments.map(Instruments::memoryAvailableBytes).orElse(OptionalLong.empty()),
                    diskFree(),
                    instruments.map(Instruments::uptimeSeconds).orElse(OptionalLong.empty()));
        } catch (RuntimeException | LinkageError failed) {
            log.debug("This machine was not read", failed);
            return new Telemetry(OptionalDouble.empty(), OptionalLong.empty(), diskFree(), OptionalLong.empty());
        }
    }

    private OptionalLong diskFree() {
        try {
            return OptionalLong.of(Files.getFileStore(home).getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }
}
