package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for what is wrong, and says what to do. */
@Command(
        name = "doctor",
        description = "Looks for what is wrong and says what to do; ends with 1 if there is a problem.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
    private @Nullable Path config;

    @Option(names = "--no-chat", description = "Do not ask the models for a word.")
    private boolean noChat;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Invitation invitation = join.invitation(System.getenv(), () -> System.in);
        LocalExamination here = LocalExamination.of(options.folder(), config);
        RemoteExamination there = RemoteExamination.of(options, invitation, !noChat);
        List<Finding> findings = Checks.run(here.checks(), there.checks());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Json.object()
                    .put("object", "list")
                    .put("data", Json.array(findings.stream().map(Finding::json).toList())));
        } else {
            print(findings, out);
        }
        return findings.stream().anyMatch(Finding::isProblem) ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void print(List<Finding> findings, PrintWriter out) {
        int width = findings.stream()
                .mapToInt(finding -> finding.check().length())
                .max()
                .orElse(0);
        String indent = " ".repeat("problem".length() + width + 4);
        for (Finding finding : findings) {
            String check = finding.check() + " ".repeat(width - finding.check().length());
            out.printf("%-7s  %s  %s%n", finding.level().word(), check, finding.found());
            if (!finding.next().isEmpty()) {
                out.printf("%snext: %s%n", indent, finding.next());
            }
        }
        long problems = findings.stream().filter(Finding::isProblem).count();
        out.printf("%n%s%n", problems == 0 ? "No problem." : problems == 1 ? "1 problem." : problems + " problems.");
        out.flush();
    }
}
