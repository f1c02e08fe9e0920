package dev.geniehive.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The control plane alone. */
@Command(
        name = "control",
        description = "Runs the control plane, for agents on other machines to join.",
        mixinStandardHelpOptions = true)
final class ControlCommand implements Callable<Integer> {
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
        return new Start(Kind.CONTROL, options, options.sources(), terminal).run(platform -> {
            home.remember(Greeting.typed(platform.address()));
            new Greeting(platform, home).control(terminal.out());
        });
    }
}
