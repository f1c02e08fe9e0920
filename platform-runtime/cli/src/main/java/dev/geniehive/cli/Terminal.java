package dev.geniehive.cli;

import java.io.PrintWriter;

/**
 * Where a command talks to a person.
 *
 * @param out what was asked for
 * @param err what went wrong, and what happens by the way
 */
record Terminal(PrintWriter out, PrintWriter err) {}
