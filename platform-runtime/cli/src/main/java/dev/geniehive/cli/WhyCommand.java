package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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

    @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = "An asset, an alias or a role.")
    private @Nullable String model;

    @Option(names = "--operation", paramLabel = "NAME", description = "chat if absent.")
    private @Nullable String operation;

    @Option(names = "--min-context", paramLabel = "TOKENS", description = "Of context at least.")
    private @Nullable Integer minContext;

    @Option(names = "--queue", paramLabel = "NAME", description = "As for a key that is bound to that queue.")
    private @Nullable String queue;

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description =
                    "Decides about this body, as a client would send it, instead of a name; - for standard input.")
    private @Nullable String request;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        ControlClient.Reply reply = answer();
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

    private ControlClient.Reply answer() throws InterruptedException {
        String name = model;
        String query = "operation=" + ControlClient.encode(operation == null ? "chat" : operation)
                + (minContext == null ? "" : "&min_context=" + minContext)
                + (queue == null ? "" : "&queue=" + ControlClient.encode(queue));
        if (request != null) {
            Json.Obj body = RoleFile.one(RoleFile.read(request));
            return options.client()
                    .tell("POST", "/v1/cluster/routes/match?" + query, name == null ? body : body.put("model", name));
        }
        if (name == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Which model? For example: geniehive why reviewer");
        }
        return options.client().ask("/v1/cluster/routes/resolve?model=" + ControlClient.encode(name) + "&" + query);
    }
}
