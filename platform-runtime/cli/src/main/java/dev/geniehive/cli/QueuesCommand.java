package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the queues: who waits, for how long, and who serves them. */
@Command(name = "queues", description = "Shows who waits, and where.", mixinStandardHelpOptions = true)
final class QueuesCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get("/v1/cluster/queues");
        Table table = new Table(
                "queue",
                "priority",
                "waiting",
                "batch",
                "oldest",
                "estimate",
                "served",
                "refused",
                "expired",
                "overflow",
                "hosts",
                "keys");
        for (Json queue : answer.get("data").items()) {
            table.row(
                    Words.of(queue.get("name")),
                    Words.of(queue.get("priority")),
                    "%s of %s".formatted(Words.of(queue.get("depth")), Words.of(queue.get("max_depth"))),
                    Words.of(queue.get("batch")),
                    Words.seconds(queue.get("oldest_wait_ms")),
                    Words.seconds(queue.get("estimate_ms")),
                    Words.of(queue.get("served")),
                    Words.of(queue.get("refused")),
                    Words.of(queue.get("expired")),
                    Words.of(queue.get("overflow").get("used")),
                    Words.list(queue.get("hosts")),
                    Words.list(queue.get("keys")));
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }
}
