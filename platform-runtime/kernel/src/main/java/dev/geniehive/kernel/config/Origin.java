package dev.geniehive.kernel.config;

import java.nio.file.Path;

/** Where a value comes from. */
public sealed interface Origin {
    /** The value that holds where nobody said anything. */
    Origin DEFAULT = new Default();

    /**
     * A place in the configuration file.
     *
     * @param file as it was named or found
     * @param line from 1
     * @param column from 1
     */
    record File(Path file, int line, int column) implements Origin {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /**
     * An environment variable.
     *
     * @param name for example {@code GENIEHIVE_SERVER_PORT}
     */
    record Environment(String name) implements Origin {
        @Override
        public String toString() {
            return "env " + name;
        }
    }

    /**
     * A flag of the command line.
     *
     * @param name for example {@code --port}
     */
    record Flag(String name) implements Origin {
        @Override
        public String toString() {
            return "flag " + name;
        }
    }

    /** Nobody said anything. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** {@return the place in words: {@code file:line:column}, {@code env NAME}, {@code flag --port} or {@code default}} */
    @Override
    String toString();
}
