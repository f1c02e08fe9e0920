package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the engines. */
@Command(name = "services", description = "Shows the engines.", mixinStandardHelpOptions = true)
final class ServicesCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get("/v1/cluster/services");
        Table table = new Table("service", "engine", "status", "models", "in flight", "reason");
        for (Json service : answer.get("data").items()) {
            table.row(
                    Words.of(service.get("id")),
                    Words.of(service.get("engine")),
                    Words.of(service.get("status")),
                    Integer.toString(service.get("models").items().size()),
                    Words.of(service.get("in_flight")),
                    Words.of(service.get("reason")));
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }
}
