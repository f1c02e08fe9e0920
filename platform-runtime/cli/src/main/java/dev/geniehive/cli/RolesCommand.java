package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, makes and ends roles. */
@Command(
        name = "roles",
        description = "Shows, makes and ends roles: names for purposes, played by the best model that fits.",
        mixinStandardHelpOptions = true)
final class RolesCommand implements Callable<Integer> {
    private static final String PATH = "/v1/cluster/roles";

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        return list(options);
    }

    @Command(name = "list", description = "Shows the roles.", mixinStandardHelpOptions = true)
    int list(@Mixin ClientOptions flags) throws InterruptedException {
        Json answer = flags.client().get(PATH);
        Table table = new Table("role", "operation", "played by", "from", "models", "fallback", "notes");
        for (Json role : answer.get("data").items()) {
            int notes = role.get("notes").items().size();
            table.row(
                    Words.of(role.get("name")),
                    Words.of(role.get("operation")),
                    Words.orDash(Words.list(role.get("resolves_to"))),
                    Words.of(role.get("source")),
                    Words.orDash(Words.list(role.get("models"))),
                    Words.orDash(Words.list(role.get("fallback"))),
                    notes == 0 ? "-" : "%d, see roles show".formatted(notes));
        }
        flags.print(spec.commandLine().getOut(), answer, table);
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Shows one role.", mixinStandardHelpOptions = true)
    int show(@Mixin ClientOptions flags, @Parameters(paramLabel = "NAME", description = "Which one.") String name)
            throws InterruptedException {
        Json role = flags.client().get(path(name));
        flags.print(spec.commandLine().getOut(), role, about(role));
        return ExitCode.OK;
    }

    @Command(
            name = "set",
            description = {
                "Makes a role, or makes it another one: from flags, from a JSON file, or from both; flags count.",
                "For example: geniehive roles set reviewer --model 'qwen3-coder' --default temperature=0.2"
            },
            mixinStandardHelpOptions = true)
    int set(
            @Mixin ClientOptions flags,
            @Parameters(paramLabel = "NAME", description = "What clients ask for.") String name,
            @Mixin RoleOptions wanted)
            throws InterruptedException {
        ControlClient.Reply reply =
                flags.client().tell("PUT", path(name), wanted.definition().put("name", name));
        if (reply.status() != 200 && reply.status() != 201) {
            throw ControlClient.refused(reply);
        }
        say(reply, name);
        flags.print(spec.commandLine().getOut(), reply.json(), about(reply.json()));
        return ExitCode.OK;
    }

    @Command(
            name = "apply",
            description = {
                "Makes all roles of a JSON file, or makes them what it says; others stay.",
                "It holds {\"NAME\": {...}, ...}, or what 'geniehive roles --json' printed."
            },
            mixinStandardHelpOptions = true)
    int apply(
            @Mixin ClientOptions flags,
            @Parameters(paramLabel = "FILE", description = "The file; - for standard input.") String file)
            throws InterruptedException {
        for (var role : RoleFile.roles(RoleFile.read(file)).entrySet()) {
            ControlClient.Reply reply = flags.client().tell("PUT", path(role.getKey()), role.getValue());
            if (reply.status() != 200 && reply.status() != 201) {
                throw ControlClient.refused(reply);
            }
            say(reply, role.getKey());
        }
        return ExitCode.OK;
    }

    @Command(name = "remove", description = "Ends roles at once.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin ClientOptions flags,
            @Parameters(paramLabel = "NAME", arity = "1..*", description = "Which ones.") List<String> names)
            throws InterruptedException {
        for (String name : names) {
            flags.client().expect(200, "DELETE", path(name), Json.nothing());
            spec.commandLine().getErr().println("Role '%s' is no more.".formatted(name));
        }
        return ExitCode.OK;
    }

    private void say(ControlClient.Reply reply, String name) {
        spec.commandLine()
                .getErr()
                .println("Role '%s' %s.".formatted(name, reply.status() == 201 ? "was made" : "was changed"));
        reply.json()
                .get("notes")
                .items()
                .forEach(note -> spec.commandLine().getErr().println("Note: " + Words.of(note)));
    }

    private static Table about(Json role) {
        Table table = new Table("member", "value");
        if (role instanceof Json.Obj object) {
            object.members().forEach((member, value) -> {
                boolean list = value instanceof Json.Arr;
                String text = list ? Words.orDash(Words.list(value)) : Words.of(value);
                table.row(member, text);
            });
        }
        return table;
    }

    private static String path(String name) {
        return PATH + "/" + ControlClient.encode(name);
    }
}
