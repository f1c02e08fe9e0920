package dev.geniehive.cli;

import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.CannotListenException;
import dev.geniehive.kernel.app.Launch;
import dev.geniehive.kernel.app.Platform;
import dev.geniehive.kernel.config.ConfigSources;
import dev.geniehive.kernel.log.LogLevel;
import dev.geniehive.kernel.log.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts a process of any kind, greets, and stays until it is told to stop. */
record Start(Kind kind, StartOptions options, ConfigSources sources, Terminal terminal) {
    /** How a kind of process introduces itself. */
    @FunctionalInterface
    interface Welcome {
        void greet(Platform platform) throws InterruptedException;
    }

    /** Returns once the process has stopped. */
    int run(Welcome welcome) throws InterruptedException {
        LogLevel level = LogLevel.of(options.logLevel())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "--log-level is one of %s, not '%s'.".formatted(LogLevel.words(), options.logLevel())));
        List<App> apps = Crew.of(kind);
        Logging logging =
                Logging.setUp(level, new FileOutputStream(FileDescriptor.err)).alsoTo(kind.log(options.home()));
        Platform platform = start(options.launch(kind, sources, apps));
        JvmCache cache = JvmCache.of(System.getProperties());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            terminal.err().println("Stopping, as soon as running requests have finished.");
            platform.close();
            cache.write();
            logging.close();
            stopped.countDown();
        }));
        welcome.greet(platform);
        cache.keep();
        stopped.await();
        return ExitCode.OK;
    }

    private static Platform start(Launch launch) throws InterruptedException {
        try {
            return Platform.start(launch);
        } catch (CannotListenException taken) {
            throw new CommandFailure(
                    ExitCode.FAILURE,
                    "Cannot listen on %s:%d. %s"
                            .formatted(
                                    taken.host(),
                                    taken.port(),
                                    PortProbe.overSockets()
                                            .look(taken.host(), taken.port())
                                            .whyNotFree(taken.host(), taken.port())));
        }
    }
}
