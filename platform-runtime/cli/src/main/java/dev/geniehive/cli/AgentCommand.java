package dev.geniehive.cli;

import dev.geniehive.kernel.config.ConfigSources;
import java.util.concurrent.Callable;
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
    private static final int PORT = 7834;

    @Mixin
    private StartOptions options = new StartOptions();

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        return run(options, join, Terminal.of(spec));
    }

    static int run(StartOptions options, JoinOptions join, Terminal terminal) throws InterruptedException {
        if (options.host() != null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "An agent listens on 127.0.0.1 only and dials out to its control planes; --host is for control and up.");
        }
        Home home = options.home();
        Invitation invitation =
                join.invitation(System.getenv(), () -> System.in).orElseKnown(ControlPlanes.of(home));
        return new Start(Kind.AGENT, options, invitation.addTo(sources(options, terminal)), terminal)
                .run(platform -> new Greeting(platform, home).agent(terminal.out()));
    }

    /** The section {@code server} of a file is the control plane's: one file serves every machine. */
    private static ConfigSources sources(StartOptions options, Terminal terminal) throws InterruptedException {
        String port = options.port();
        return options.commonSources()
                .without("server")
                .withSetting("server.host", "127.0.0.1", "geniehive agent")
                .withSetting(
                        "server.port",
                        port == null ? usualPort(terminal) : port,
                        port == null ? "geniehive agent" : "--port")
                .withSetting("server.body-memory", "32MiB", "geniehive agent");
    }

    /** Nobody has to find an agent by its port, so another program that has it is no reason not to serve. */
    private static String usualPort(Terminal terminal) throws InterruptedException {
        if (PortProbe.overSockets().look("127.0.0.1", PORT) == PortProbe.Owner.FREE) {
            return Integer.toString(PORT);
        }
        terminal.err().printf("Port %d of this machine is taken; any free one will do instead.%n", PORT);
        return "0";
    }
}
