package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of everything that asks a control plane. */
final class ClientOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The control plane; the last one of this user if absent.")
    private @Nullable String url;

    @Option(names = "--home", paramLabel = "DIR", description = "Where GenieHive keeps its files.")
    private @Nullable Path home;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** {@return a client for the control plane that these flags and the environment name} */
    ControlClient client() {
        Map<String, String> environment = System.getenv();
        Home folder = Home.of(home, environment);
        String named = Objects.requireNonNullElseGet(url, () -> environment.getOrDefault("GENIEHIVE_URL", ""));
        String address = named.isEmpty() ? folder.lastUrl().orElse("http://127.0.0.1:7833") : named;
        String given = environment.getOrDefault("GENIEHIVE_API_KEY", "");
        return new ControlClient(
                address.replaceFirst("/+$", ""), given.isEmpty() ? adminKey(folder.credentials()) : Optional.of(given));
    }

    /** Prints a table, or the JSON that it was made of. */
    void print(PrintWriter out, Json data, Table table) {
        out.print(json ? data + "\n" : table.toString());
        out.flush();
    }

    private static Optional<String> adminKey(Path credentials) {
        try {
            return Files.readString(credentials)
                    .lines()
                    .filter(line -> line.startsWith("admin-key:"))
                    .map(line -> line.substring("admin-key:".length()).strip())
                    .findFirst();
        } catch (IOException notHere) {
            return Optional.empty();
        }
    }
}
