package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the plugins, and what is wrong with those that failed. */
@Command(
        name = "plugins",
        description = "Shows the plugins, and what is wrong with those that failed.",
        mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Json answer = options.client().get("/v1/cluster/plugins");
        Table table = new Table("plugin", "version", "state", "file", "what");
        for (Json plugin : answer.get("data").items()) {
            Json first = plugin.get("problems").items().stream().findFirst().orElse(Json.nothing());
            String extensions = Words.list(plugin.get("extensions"));
            table.row(
                    Words.of(plugin.get("id")),
                    Words.of(plugin.get("version")),
                    Words.of(plugin.get("state")),
                    Words.of(plugin.get("file")),
                    first.equals(Json.nothing())
                            ? extensions
                            : Words.of(first.get("code")) + ": " + Words.of(first.get("message")));
        }
        options.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }
}
