package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.kernel.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The control planes that the agent of a home has joined, as it wrote them down. */
record ControlPlanes(List<Known> known) {
    ControlPlanes {
        known = List.copyOf(known);
    }

    /**
     * One of them.
     *
     * @param node what this machine is called there
     * @param key what this machine shows there
     */
    record Known(String url, String node, Secret key) {}

    /** {@return what is written in a home; nothing if nobody ever joined or it cannot be read} */
    static ControlPlanes of(Home home) {
        Path file = home.agent().resolve("control-planes.json");
        try {
            return new ControlPlanes(Json.parse(Files.readAllBytes(file)).items().stream()
                    .filter(entry -> entry.get("node_key").asString().isPresent())
                    .map(ControlPlanes::known)
                    .toList());
        } catch (IOException | JsonException nothingUsable) {
            return new ControlPlanes(List.of());
        }
    }

    boolean contains(String url) {
        return known.stream().anyMatch(one -> one.url().equals(url));
    }

    private static Known known(Json entry) {
        return new Known(
                entry.get("url").asString().orElse(""),
                entry.get("node_id").asString().orElse(""),
                new Secret(entry.get("node_key").asString().orElse("")));
    }
}
