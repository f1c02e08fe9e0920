package dev.geniehive.cli;

import java.util.concurrent.Callable;
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
        return run(options, Terminal.of(spec));
    }

    static int run(StartOptions options, Terminal terminal) throws InterruptedException {
        Home home = options.home();
        return new Start(Kind.UP, options, options.sources(), terminal).run(platform -> {
            home.remember(Greeting.typed(platform.address()));
            new Greeting(platform, home).up(terminal.out());
        });
    }
}
