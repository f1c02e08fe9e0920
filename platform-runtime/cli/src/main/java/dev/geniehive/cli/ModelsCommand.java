package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what can be asked for. */
@Command(name = "models", description = "Shows what can be asked for.", mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get("/v1/models");
        Table table = new Table("model", "kind", "loaded", "context", "replicas", "engine");
        for (Json model : answer.get("data").items()) {
            Json hive = model.get("geniehive");
            table.row(
                    Words.of(model.get("id")),
                    Words.of(hive.get("kind")) + (hive.get("simulated").equals(Json.of(true)) ? " (simulated)" : ""),
                    Words.of(hive.get("loaded")),
                    Words.of(model.get("context_length")),
                    Words.of(hive.get("replicas")),
                    Words.of(hive.get("engine")));
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }
}
