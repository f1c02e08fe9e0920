package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the machines, and takes them out and in. */
@Command(name = "hosts", description = "Shows the machines.", mixinStandardHelpOptions = true)
final class HostsCommand implements Callable<Integer> {
    private static final String PATH = "/v1/cluster/hosts";

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get(PATH);
        Table table = new Table("host", "status", "services", "cpus", "memory", "platform", "last seen");
        for (Json host : answer.get("data").items()) {
            Json platform = host.get("platform");
            table.row(
                    Words.of(host.get("id")),
                    Words.of(host.get("status")),
                    Integer.toString(host.get("services").items().size()),
                    Words.of(platform.get("cpus")),
                    Words.size(platform.get("memory_bytes")),
                    Words.of(platform.get("os")),
                    Words.ago(host.get("last_seen"), InstantSource.system()));
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }

    @Command(name = "drain", description = "Sends a machine nothing new.", mixinStandardHelpOptions = true)
    int drain(@Mixin ClientOptions flags, @Parameters(paramLabel = "ID", description = "Which one.") String id)
            throws InterruptedException {
        return change(flags, id, "drain", "%s gets no new requests; those that run go on.");
    }

    @Command(name = "resume", description = "Sends a machine requests again.", mixinStandardHelpOptions = true)
    int resume(@Mixin ClientOptions flags, @Parameters(paramLabel = "ID", description = "Which one.") String id)
            throws InterruptedException {
        return change(flags, id, "resume", "%s gets requests again.");
    }

    @Command(
            name = "remove",
            description = "Forgets a machine and ends its key; it comes back by a new invitation only.",
            mixinStandardHelpOptions = true)
    int remove(@Mixin ClientOptions flags, @Parameters(paramLabel = "ID", description = "Which one.") String id)
            throws InterruptedException {
        return change(flags, id, "remove", "%s is no part of the hive any more.");
    }

    private int change(ClientOptions flags, String id, String verb, String done) throws InterruptedException {
        Json answer = flags.client().post("%s/%s/%s".formatted(PATH, ControlClient.encode(id), verb), Json.nothing());
        if (flags.json()) {
            spec.commandLine().getOut().println(answer);
        } else {
            spec.commandLine().getErr().println(done.formatted(id));
        }
        return ExitCode.OK;
    }
}
