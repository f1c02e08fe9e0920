package dev.geniehive.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command talks to a person.
 *
 * @param out what was asked for
 * @param err what went wrong, and what happens by the way
 */
record Terminal(PrintWriter out, PrintWriter err) {
    /** {@return that of a command that the parser read} */
    static Terminal of(CommandSpec spec) {
        return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
