package dev.geniehive.api.model;

/** Whether the server behind an address is the engine that an {@code Engine} knows. */
public sealed interface Recognition {
    /**
     * It is.
     *
     * @param certainty how sure; where several engines recognise one server, the surest wins
     * @param version the engine's version, empty if it does not say
     */
    record Recognised(Certainty certainty, String version) implements Recognition {}

    /**
     * It is not, or it does not say.
     *
     * @param reason what was seen instead, for a person
     */
    record Stranger(String reason) implements Recognition {}

    /** How sure a recognition is, the least sure first. */
    enum Certainty {
        /** It speaks a dialect that many speak. */
        GENERIC,
        /** A listing names the engine, for example {@code owned_by} of a model. */
        LISTING,
        /** A response header names it. */
        HEADER,
        /** It answers on a path that only this engine has. */
        UNIQUE
    }
}
