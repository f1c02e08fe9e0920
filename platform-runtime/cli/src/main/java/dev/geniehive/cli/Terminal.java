package dev.geniehive.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command talks to a person.
 *
 * @param out what was asked for
 * @param err what went wrong, and what happens by the way
 */
record Terminal(PrintWriter out, PrintWriter err) {
    /** {@return that of this process; whole lines show at once} */
    static Terminal ofProcess() {
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
}
