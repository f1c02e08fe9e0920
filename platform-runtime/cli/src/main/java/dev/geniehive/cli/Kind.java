package dev.geniehive.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The kinds of process that there are: what each is made of, and what it has for itself in the home folder. */
enum Kind {
    UP,
    CONTROL,
    AGENT;

    /** {@return the names of the apps that it needs} */
    Set<String> apps() {
        return switch (this) {
            case UP -> Set.of("control", "agent");
            case CONTROL -> Set.of("control");
            case AGENT -> Set.of("agent");
        };
    }

    Path log(Home home) {
        return home.path().resolve("logs").resolve(this == AGENT ? "agent.log" : "geniehive.log");
    }

    /** {@return the folders that no second process may have; where both run in one process, nobody else may be either} */
    List<Path> rooms(Home home) {
        return switch (this) {
            case UP -> List.of(home.path(), home.agent());
            case CONTROL -> List.of(home.path());
            case AGENT -> List.of(home.agent());
        };
    }
}
