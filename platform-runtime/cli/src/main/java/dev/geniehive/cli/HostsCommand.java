package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the machines. */
@Command(name = "hosts", description = "Shows the machines.", mixinStandardHelpOptions = true)
final class HostsCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get("/v1/cluster/hosts");
        Table table = new Table("host", "status", "services", "cpus", "platform");
        for (Json host : answer.get("data").items()) {
            table.row(
                    Words.of(host.get("id")),
                    Words.of(host.get("status")),
                    Integer.toString(host.get("services").items().size()),
                    Words.of(host.get("platform").get("cpus")),
                    Words.of(host.get("platform").get("os")));
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }
}
