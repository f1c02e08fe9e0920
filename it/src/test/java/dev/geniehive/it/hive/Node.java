package dev.geniehive.it.hive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A running {@code geniehive agent}. What it was told when it joined, it remembers. */
final class Node extends Launched {
    private final String name;

    private Node(String name, Launch launch, String yaml) {
        super(launch, yaml);
        this.name = name;
    }

    /**
     * Begins to start one that joins; {@link #awaitUp} waits for it.
     *
     * @param folder empty; gets the home and the log
     * @param url of the control plane, or of what stands before it
     * @param yaml the configuration of what it serves
     */
    static Node join(
            Path distribution, Path folder, String url, String token, String name, String yaml, String... flags) {
        return join(List.of(), distribution, folder, url, token, name, yaml, flags);
    }

    /**
     * Begins to start one that joins, on another machine.
     *
     * @param before the command that starts a program there
     */
    static Node join(
            List<String> before,
            Path distribution,
            Path folder,
            String url,
            String token,
            String name,
            String yaml,
            String... flags) {
        return new Node(
                name,
                new Launch(
                        before,
                        distribution,
                        folder,
                        "agent",
                        List.of(flags),
                        List.of("--join", url, "--token", token),
                        Map.of()),
                yaml);
    }

    /** {@return what it is called, which is its id where nobody else is called so} */
    String name() {
        return name;
    }

    /** {@return the configuration of a node with these services, as lines of a list, and nothing else} */
    static String yaml(String name, List<String> services) {
        String lines = String.join("\n      - ", services);
        return """
                agent:
                  name: %s
                  discover: false
                  simulator: never
                  services:%s
                """.formatted(name, services.isEmpty() ? " []" : "\n      - " + lines);
    }
}
