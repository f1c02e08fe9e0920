package dev.geniehive.cli;

import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.Platform;
import dev.geniehive.kernel.log.LogLevel;
import dev.geniehive.kernel.log.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Control plane and agent in one process. */
@Command(
        name = "up",
        description = "Runs control plane and agent in one process, for one machine.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StartOptions options = new StartOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        LogLevel level = LogLevel.of(options.logLevel())
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "--log-level is one of %s".formatted(LogLevel.words())));
        Home home = options.home();
        Logging logging = Logging.setUp(level, new FileOutputStream(FileDescriptor.err))
                .alsoTo(home.path().resolve("logs"));
        Platform platform = Platform.start(options.launch(ServiceLoader.load(App.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList()));
        CountDownLatch stopped = new CountDownLatch(1);
        PrintWriter err = spec.commandLine().getErr();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            err.println("Stopping, as soon as running requests have finished.");
            platform.close();
            logging.close();
            stopped.countDown();
        }));
        home.remember(Greeting.typed(platform.address()));
        new Greeting(platform, home).print(spec.commandLine().getOut());
        stopped.await();
        return ExitCode.OK;
    }
}
