package dev.geniehive.cli;

import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.Launch;
import dev.geniehive.kernel.config.ConfigSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of everything that starts a process. */
final class StartOptions {
    /** All of them. */
    static final Set<String> FLAGS = Set.of("--config", "--home", "--host", "--port", "--plugins", "--log-level");

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
    private @Nullable Path config;

    @Option(names = "--home", paramLabel = "DIR", description = "Where its files are kept.")
    private @Nullable Path home;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "The port to listen on, 0 for any.")
    private @Nullable String port;

    @Option(names = "--plugins", paramLabel = "DIR", description = "Your plugins, instead of plugins/ in the home.")
    private @Nullable Path plugins;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info, debug or trace.",
            defaultValue = "info")
    private String logLevel = "info";

    /** {@return these flags, where it is not the parser that read them} */
    static StartOptions of(Map<String, String> flags) {
        StartOptions options = new StartOptions();
        options.config = path(flags.get("--config"));
        options.home = path(flags.get("--home"));
        options.host = flags.get("--host");
        options.port = flags.get("--port");
        options.plugins = path(flags.get("--plugins"));
        options.logLevel = flags.getOrDefault("--log-level", options.logLevel);
        return options;
    }

    static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    Home home() {
        return Home.of(home, System.getenv());
    }

    String logLevel() {
        return logLevel;
    }

    @Nullable
    String host() {
        return host;
    }

    @Nullable
    String port() {
        return port;
    }

    /** {@return how to start a process of some kind with these flags} */
    Launch launch(Kind kind, ConfigSources sources, List<App> apps) {
        Path folder = home().path();
        return new Launch(
                Version.CURRENT,
                folder,
                kind.rooms(home()),
                sources,
                System.getenv(),
                List.of(installation().resolve("plugins"), plugins == null ? folder.resolve("plugins") : plugins),
                apps);
    }

    /** {@return the sources of a process that a control plane is part of} */
    ConfigSources sources() {
        ConfigSources sources = commonSources();
        if (host != null) {
            sources = sources.withSetting("server.host", host, "--host");
        }
        return port == null ? sources : sources.withSetting("server.port", port, "--port");
    }

    /** {@return the sources without where to listen} */
    ConfigSources commonSources() {
        ConfigSources sources = ConfigSources.of(home().path(), System.getenv());
        return config == null ? sources : sources.withFile(config);
    }

    /** The start script says where the distribution lies. */
    static Path installation() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("geniehive.installation"), "."));
    }
}
