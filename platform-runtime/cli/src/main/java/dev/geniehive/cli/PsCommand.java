package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the models that are loaded now. */
@Command(name = "ps", description = "Shows the models that are loaded now.", mixinStandardHelpOptions = true)
final class PsCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get("/v1/cluster/services");
        Table table = new Table("model", "service", "host", "engine", "in flight", "slots", "context");
        for (Json service : answer.get("data").items()) {
            service.get("models").items().stream()
                    .filter(model -> model.get("loaded").equals(Json.of(true)))
                    .forEach(model -> row(table, service, model));
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }

    private static void row(Table table, Json service, Json model) {
        table.row(
                Words.of(model.get("id")),
                Words.of(service.get("name")),
                Words.of(service.get("host")),
                Words.of(service.get("engine")),
                Words.of(service.get("in_flight")),
                Words.of(service.get("slots").get("total")),
                Words.of(model.get("context_length")));
    }
}
