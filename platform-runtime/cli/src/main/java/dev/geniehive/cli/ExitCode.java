package dev.geniehive.cli;

/** How the command ends. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    static final int REFUSED = 4;
    static final int UNREACHABLE = 5;
    static final int TIMED_OUT = 6;
    static final int CONFLICT = 7;
    static final int BAD_CONFIGURATION = 78;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
