package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows how the hive is. */
@Command(name = "status", description = "Shows how the hive is.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get("/v1/cluster/health");
        Table table = new Table("status", "summary", "since")
                .row(Words.of(answer.get("status")), Words.of(answer.get("summary")), "");
        for (Json problem : answer.get("problems").items()) {
            table.row(
                    "problem", Words.of(problem.get("what")), Words.ago(problem.get("since"), InstantSource.system()));
            table.row("", "next: " + Words.of(problem.get("next_step")), "");
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }
}
