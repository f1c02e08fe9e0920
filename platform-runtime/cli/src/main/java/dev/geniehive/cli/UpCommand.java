package dev.geniehive.cli;

import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.Platform;
import dev.geniehive.kernel.log.LogLevel;
import dev.geniehive.kernel.log.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Optional;
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
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            platform.close();
            logging.close();
            stopped.countDown();
        }));
        home.remember(platform.address().toString());
        greet(spec.commandLine().getOut(), platform, home);
        stopped.await();
        return ExitCode.OK;
    }

    private static void greet(PrintWriter out, Platform platform, Home home) {
        String url = platform.address().toString();
        out.printf("%nGenieHive %s is up.%n%n", Version.CURRENT);
        String label = "Found";
        for (String line : platform.summary()) {
            out.printf("  %-10s %s%n", label, line);
            label = "";
        }
        out.printf("  %-10s %s/v1%n", "Listening", url);
        out.printf("  %-10s in %s%n", "Admin key", home.credentials());
        if (platform.adminKey().created()) {
            out.printf(
                    "  %-10s %s (shown this once)%n",
                    "", platform.adminKey().key().reveal());
        }
        out.printf("%nTry next:%n%n  curl %s/v1/models%n", url);
        out.printf("  curl -N %s/v1/chat/completions -H 'content-type: application/json' \\%n", url);
        out.printf(
                "    -d '{\"model\": \"%s\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'%n%n",
                firstModel(url, platform));
        out.printf("Stop it with Ctrl-C.%n%n");
        out.flush();
    }

    /** Asks itself, as the first client would: that also warms up the path of a request. */
    private static String firstModel(String url, Platform platform) {
        try {
            return new ControlClient(url, Optional.of(platform.adminKey().key().reveal()))
                    .get("/v1/models").get("data").items().stream()
                            .flatMap(model -> model.get("id").asString().stream())
                            .findFirst()
                            .orElse("NAME");
        } catch (CommandFailure | InterruptedException notThere) {
            return "NAME";
        }
    }
}
