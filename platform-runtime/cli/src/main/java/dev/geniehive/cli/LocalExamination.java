package dev.geniehive.cli;

import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.config.AccessConfig;
import dev.geniehive.kernel.config.ConfigProblem;
import dev.geniehive.kernel.config.ConfigSources;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers the facts about this machine. Changes nothing. */
record LocalExamination(
        Home home,
        Configuration configuration,
        ServerConfig server,
        Set<String> apps,
        PortProbe ports,
        Exposure exposure) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int AGENT_PORT = 7834;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    static LocalExamination of(Home home, @Nullable Path config) {
        ConfigSources sources = ConfigSources.of(home.path(), System.getenv());
        Configuration configuration = Configuration.load(config == null ? sources : sources.withFile(config));
        ServerConfig server = ServerConfig.from(configuration);
        AccessConfig.from(configuration);
        Set<String> apps = ServiceLoader.load(App.class).stream()
                .map(ServiceLoader.Provider::get)
                .peek(app -> app.check(configuration))
                .map(App::name)
                .collect(Collectors.toSet());
        return new LocalExamination(
                home, configuration, server, apps, PortProbe.overSockets(), Exposure.ofThisMachine());
    }

    List<Checks.Check> checks() {
        return List.of(
                new Checks.Check("configuration", () -> List.of(config())),
                new Checks.Check(
                        "java",
                        () -> List.of(LocalVerdicts.java(
                                Runtime.version().feature(),
                                Objects.requireNonNullElse(System.getProperty("java.home"), "")))),
                new Checks.Check("home", () -> List.of(folder())),
                new Checks.Check("credentials", () -> List.of(credentials())),
                new Checks.Check("port", () -> List.of(port(server.host(), server.port(), "control"))),
                new Checks.Check("port", () -> List.of(port(LOOPBACK, AGENT_PORT, "agent"))),
                new Checks.Check("exposure", () -> LocalVerdicts.exposure(exposure.find())));
    }

    private Finding config() {
        List<ConfigProblem> problems = new ArrayList<>(configuration.problems());
        problems.addAll(configuration.unknownKeys());
        return LocalVerdicts.configuration(configuration.file(), problems);
    }

    private Finding folder() throws IOException {
        Path there = home.path();
        while (!Files.exists(there) && there.getParent() != null) {
            there = Objects.requireNonNull(there.getParent());
        }
        return LocalVerdicts.home(
                home.path(),
                Files.isDirectory(there) && Files.isWritable(there),
                Files.getFileStore(there).getUsableSpace());
    }

    private Finding credentials() throws IOException {
        Path file = home.credentials();
        if (!Files.exists(file)) {
            return LocalVerdicts.credentials(file, Optional.empty());
        }
        try {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            return LocalVerdicts.credentials(file, Optional.of(granted.stream().anyMatch(OTHERS::contains)));
        } catch (UnsupportedOperationException noPosix) {
            return LocalVerdicts.credentials(file, Optional.of(false));
        }
    }

    private Finding port(String host, int port, String app) throws InterruptedException {
        return LocalVerdicts.port(host, port, ports.look(host, port), apps.contains(app));
    }
}
