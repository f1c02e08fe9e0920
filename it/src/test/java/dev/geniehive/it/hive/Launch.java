package dev.geniehive.it.hive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process of the distribution is started.
 *
 * @param before the command that starts it somewhere else; empty for here
 * @param folder gets the home and what it says to people
 * @param verb {@code up}, {@code control} or {@code agent}
 * @param flags it is always started with
 * @param once what stands on the command line the first time only: afterwards it remembers
 */
record Launch(
        List<String> before,
        Path distribution,
        Path folder,
        String verb,
        List<String> flags,
        List<String> once,
        Map<String, String> environment) {
    Launch(
            Path distribution,
            Path folder,
            String verb,
            List<String> flags,
            List<String> once,
            Map<String, String> environment) {
        this(List.of(), distribution, folder, verb, flags, once, environment);
    }

    Path home() {
        return folder.resolve("home");
    }

    Path stderr() {
        return folder.resolve("stderr.log");
    }

    /** {@return the command line of its first start, or of any further one, which is on the port that it had} */
    List<String> command(boolean first, int port) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(distribution.resolve("bin/geniehive").toString(), verb));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(flags);
        if (first) {
            command.addAll(once);
        }
        return command;
    }
}
