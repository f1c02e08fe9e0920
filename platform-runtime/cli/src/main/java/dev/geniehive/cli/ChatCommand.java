package dev.geniehive.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Talks to a model. */
@Command(
        name = "chat",
        aliases = "run",
        description = {
            "Talks to a model. With a prompt, or with something piped in, it answers that and ends;",
            "otherwise it is a conversation, until /bye or Ctrl-D."
        },
        mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "An asset, an alias or a role.")
    private String model = "";

    @Parameters(index = "1..*", paramLabel = "PROMPT", description = "What to ask.", arity = "0..*")
    private @Nullable List<String> prompt;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> waiting = terminal ? err::println : words -> {};
        Conversation conversation = new Conversation(options.client(), model, waiting);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (prompt != null && !prompt.isEmpty()) {
            return once(conversation, String.join(" ", prompt));
        }
        return terminal
                ? converse(conversation, in)
                : once(conversation, String.join("\n", in.lines().toList()));
    }

    private int once(Conversation conversation, String question) throws InterruptedException {
        if (question.isBlank()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "There is nothing to ask. For example: geniehive chat %s \"Hello\"".formatted(model));
        }
        PrintWriter out = spec.commandLine().getOut();
        conversation.ask(question, out);
        out.println();
        return ExitCode.OK;
    }

    /** An answer that fails does not end it: its words are shown, and the next question may do better. */
    int converse(Conversation conversation, BufferedReader in) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Talk to %s; /bye or Ctrl-D ends it.".formatted(model));
        for (String line = prompt(out, in); line != null && !line.strip().equals("/bye"); line = prompt(out, in)) {
            if (!line.isBlank()) {
                answer(conversation, line, out);
            }
        }
        return ExitCode.OK;
    }

    private void answer(Conversation conversation, String question, PrintWriter out) throws InterruptedException {
        try {
            conversation.ask(question, out);
            out.printf("%n%n");
        } catch (CommandFailure failed) {
            out.println();
            out.flush();
            spec.commandLine().getErr().println(failed.getMessage());
        }
    }

    private static @Nullable String prompt(PrintWriter out, BufferedReader in) {
        out.print(">>> ");
        out.flush();
        try {
            return in.readLine();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
