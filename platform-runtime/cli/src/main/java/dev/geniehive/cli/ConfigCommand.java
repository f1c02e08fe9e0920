package dev.geniehive.cli;

import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.config.AccessConfig;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.config.ServerConfig;
import dev.geniehive.kernel.config.ShownKey;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks and shows the configuration. */
@Command(name = "config", description = "Checks and shows the configuration.", mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which one: config validate, or config show?");
    }

    @Command(
            name = "validate",
            description = "Names all problems at once; ends with 78 if there are any.",
            mixinStandardHelpOptions = true)
    int validate(@Mixin StartOptions options) {
        Configuration configuration = read(options);
        configuration.check();
        configuration.notices().forEach(spec.commandLine().getErr()::println);
        spec.commandLine()
                .getOut()
                .println(configuration
                        .file()
                        .map(file -> file + " is good.")
                        .orElse("There is no configuration file; the defaults are good."));
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Shows every value that holds.", mixinStandardHelpOptions = true)
    int show(
            @Mixin StartOptions options,
            @Option(names = "--origin", description = "Also where each comes from.") boolean origin) {
        Table table = origin ? new Table("key", "value", "origin") : new Table("key", "value");
        for (ShownKey key : read(options).show()) {
            if (origin) {
                table.row(key.key(), key.value(), key.origin().toString());
            } else {
                table.row(key.key(), key.value());
            }
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static Configuration read(StartOptions options) {
        Configuration configuration = Configuration.load(options.sources());
        ServerConfig.from(configuration);
        AccessConfig.from(configuration);
        ServiceLoader.load(App.class).forEach(app -> app.check(configuration));
        return configuration;
    }
}
