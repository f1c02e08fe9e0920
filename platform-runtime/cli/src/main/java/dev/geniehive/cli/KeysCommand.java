package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, makes and ends keys. */
@Command(name = "keys", description = "Shows, makes and ends keys.", mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    private static final String PATH = "/v1/cluster/keys";

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        return list(options);
    }

    @Command(name = "list", description = "Shows the keys.", mixinStandardHelpOptions = true)
    int list(@Mixin ClientOptions flags) throws InterruptedException {
        Json answer = flags.client().get(PATH);
        Table table = new Table("id", "name", "kind", "state", "models", "operations", "queues", "created");
        for (Json key : answer.get("data").items()) {
            table.row(
                    Words.of(key.get("id")),
                    Words.of(key.get("name")),
                    Words.of(key.get("kind")),
                    key.get("revoked").equals(Json.of(true)) ? "revoked" : "good",
                    Words.allOr(key.get("models")),
                    Words.allOr(key.get("operations")),
                    Words.allOr(key.get("queues")),
                    Words.of(key.get("created_at")));
        }
        flags.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }

    @Command(
            name = "create",
            description = "Makes a key and prints it, this once, to stdout.",
            mixinStandardHelpOptions = true)
    int create(
            @Mixin ClientOptions flags,
            @Parameters(paramLabel = "NAME", description = "Your word for it.") String name,
            @Option(names = "--admin", description = "A key of an operator.") boolean admin,
            @Option(names = "--model", paramLabel = "GLOB", description = "May be used for these; repeatable.")
                    @Nullable
                    List<String> models,
            @Option(names = "--operation", paramLabel = "NAME", description = "May be used for these; repeatable.")
                    @Nullable
                    List<String> operations,
            @Option(
                            names = "--queue",
                            paramLabel = "NAME",
                            description = "Waits in these queues only, in the first one unless a role names another;"
                                    + " repeatable.")
                    @Nullable
                    List<String> queues)
            throws InterruptedException {
        Json wanted = Json.object()
                .put("name", name)
                .put("kind", admin ? "admin" : "client")
                .put("models", Json.strings(models == null ? List.of() : models))
                .put("operations", Json.strings(operations == null ? List.of() : operations))
                .put("queues", Json.strings(queues == null ? List.of() : queues));
        Json made = flags.client().expect(201, "POST", PATH, wanted);
        spec.commandLine().getErr().println("Made key '%s'. It is shown this once:".formatted(name));
        spec.commandLine().getOut().println(flags.json() ? made.toString() : Words.of(made.get("key")));
        return ExitCode.OK;
    }

    @Command(name = "revoke", description = "Ends a key at once.", mixinStandardHelpOptions = true)
    int revoke(@Mixin ClientOptions flags, @Parameters(paramLabel = "NAME|ID", description = "Which one.") String name)
            throws InterruptedException {
        flags.client().expect(200, "DELETE", PATH + "/" + ControlClient.encode(name), Json.nothing());
        spec.commandLine().getErr().println("Key '%s' counts no more.".formatted(name));
        return ExitCode.OK;
    }
}
