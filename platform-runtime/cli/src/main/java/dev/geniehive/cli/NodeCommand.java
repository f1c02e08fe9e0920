package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings machines into the hive. */
@Command(name = "node", description = "Brings machines into the hive.", mixinStandardHelpOptions = true)
final class NodeCommand implements Runnable {
    private static final Pattern LOOPBACK = Pattern.compile("//(localhost|127\\.[0-9.]+|\\[::1])(:|/|$)");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "What about it? For example: geniehive node invite");
    }

    @Command(
            name = "invite",
            description = "Prints the line that makes another machine join; it is good once and not for long.",
            mixinStandardHelpOptions = true)
    int invite(@Mixin ClientOptions flags) throws InterruptedException {
        Json made = flags.client().post("/v1/cluster/nodes/invite", wanted(flags.named()));
        if (!flags.json()) {
            made.get("warning").asString().filter(words -> !words.isEmpty()).ifPresent(this::say);
            made.get("warnings").items().forEach(words -> say(Words.of(words)));
            made.get("expires_at").asString().ifPresent(time -> say("Good once, until %s.".formatted(time)));
        }
        spec.commandLine().getOut().println(flags.json() ? made.toString() : line(made));
        return ExitCode.OK;
    }

    /** What leads to the control plane from here leads there from elsewhere too, unless it is this machine itself. */
    static Json wanted(Optional<String> named) {
        return Json.object()
                .putIfPresent("url", named.filter(url -> !LOOPBACK.matcher(url).find()));
    }

    private static String line(Json made) {
        return "geniehive agent --join %s --token %s".formatted(Words.of(made.get("url")), Words.of(made.get("token")));
    }

    private void say(String words) {
        spec.commandLine().getErr().println(words);
    }
}
