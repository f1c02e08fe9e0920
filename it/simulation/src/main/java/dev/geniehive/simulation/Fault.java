package dev.geniehive.simulation;

/** What goes wrong with a machine. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** It works at a tenth of its speed. */
    SLOW,
    /** It says that it is well, and answers every request with an error at once. */
    FAILING,
    /** It is gone without a word, and comes back later: nobody hears of it, and who talks with it waits. */
    GONE
}
