package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of everything that asks a control plane. */
final class ClientOptions {
    static final String LOCAL = "http://127.0.0.1:7833";

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

    /** {@return the control plane that the flag names} */
    Optional<String> named() {
        return Optional.ofNullable(url).map(ClientOptions::withoutSlash);
    }

    Home folder() {
        return Home.of(home, System.getenv());
    }

    /** {@return the control plane of this user, if flags, environment or the last start name one} */
    Optional<String> known() {
        String environment = System.getenv().getOrDefault("GENIEHIVE_URL", "");
        return named().or(() -> Optional.of(environment).filter(text -> !text.isEmpty()))
                .or(() -> folder().lastUrl())
                .map(ClientOptions::withoutSlash);
    }

    /** {@return where the key comes from, in words} */
    String keyOrigin() {
        return System.getenv().getOrDefault("GENIEHIVE_API_KEY", "").isEmpty()
                ? folder().credentials().toString()
                : "GENIEHIVE_API_KEY";
    }

    /** {@return a client for the control plane that these flags and the environment name} */
    ControlClient client() {
        String given = System.getenv().getOrDefault("GENIEHIVE_API_KEY", "");
        return new ControlClient(
                known().orElse(LOCAL), given.isEmpty() ? adminKey(folder().credentials()) : Optional.of(given));
    }

    /** Prints a table, or the JSON that it was made of. */
    void print(PrintWriter out, Json data, Table table) {
        out.print(json ? data + "\n" : table.toString());
        out.flush();
    }

    private static String withoutSlash(String address) {
        return address.replaceFirst("/+$", "");
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
