package dev.geniehive.cli;

import dev.geniehive.kernel.config.ConfigSources;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The node agent alone. */
@Command(
        name = "agent",
        description =
                "Runs this machine's agent. It joins with a token once, and knows its control planes from then on.",
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {
    private static final String PORT = "7834";

    @Mixin
    private StartOptions options = new StartOptions();

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (options.host() != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "An agent listens on 127.0.0.1 only and dials out to its control planes; --host is for control and up.");
        }
        Home home = options.home();
        Invitation invitation =
                join.invitation(System.getenv(), () -> System.in).orElseKnown(ControlPlanes.of(home));
        return new Start(Kind.AGENT, options, invitation.addTo(sources()), spec)
                .run(platform ->
                        new Greeting(platform, home).agent(spec.commandLine().getOut()));
    }

    /** The section {@code server} of a file is the control plane's: one file serves every machine. */
    private ConfigSources sources() {
        String port = options.port();
        return options.commonSources()
                .without("server")
                .withSetting("server.host", "127.0.0.1", "geniehive agent")
                .withSetting("server.port", port == null ? PORT : port, port == null ? "geniehive agent" : "--port")
                .withSetting("server.body-memory", "32MiB", "geniehive agent");
    }
}
