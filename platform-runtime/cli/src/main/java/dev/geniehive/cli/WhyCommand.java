package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The routing decision for a name. */
@Command(
        name = "why",
        description = "Shows where a request for a name would go, and why.",
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "An asset, an alias or a role.")
    private String model = "";

    @Option(names = "--operation", paramLabel = "NAME", description = "chat if absent.")
    private @Nullable String operation;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String path = "/v1/cluster/routes/resolve?model=" + ControlClient.encode(model);
        ControlClient.Reply reply =
                options.client().ask(operation == null ? path : path + "&operation=" + ControlClient.encode(operation));
        Json decision = reply.status() == 200 ? reply.json() : reply.json().get("decision");
        if (decision.equals(Json.nothing())) {
            throw ControlClient.refused(reply);
        }
        Table table = new Table("rank", "service", "model", "dropped by", "reason");
        for (Json candidate : decision.get("candidates").items()) {
            table.row(
                    Words.of(candidate.get("rank")),
                    Words.of(candidate.get("service")),
                    Words.of(candidate.get("model")),
                    Words.of(candidate.get("dropped_by")),
                    Words.of(candidate.get("reason")));
        }
        if (options.json() || !decision.get("candidates").items().isEmpty()) {
            options.print(spec.commandLine().getOut(), reply.json(), table);
        }
        if (!options.json()) {
            spec.commandLine().getOut().println(Words.of(decision.get("reason")));
        }
        return reply.status() == 200
                ? ExitCode.OK
                : ControlClient.refused(reply).exitCode();
    }
}
