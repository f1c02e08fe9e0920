package dev.geniehive.api.model;

import java.util.List;

/**
 * The candidates of one decision by their index, and each number of their {@link Signals} by itself:
 * nothing has to be made of a candidate whose numbers are compared and who is not chosen.
 *
 * <p>What a method says is what the component of the signals of the same name says; what may be unknown there takes what
 * it is otherwise. What changes with every request was measured at the moment of the decision, the rest when somebody
 * asked for it first: each number is the same whenever it is read, by any thread. The platform implements it.
 */
public interface Candidates {
    /** {@return how many there are} */
    int size();

    /** {@return one of them, the same object on every call} It is made when somebody asks for it. */
    Candidate candidate(int index);

    /** {@return all of them, by index; each is made when somebody asks for it} */
    List<Candidate> all();

    boolean loaded(int index);

    ServiceHealth health(int index);

    int outstanding(int index);

    int slots(int index, int otherwise);

    int queueDepth(int index, int otherwise);

    int priority(int index);

    double cost(int index);

    double expectedFirstTokenMillis(int index);

    double tieBreak(int index);

    double peakFirstTokenMillis(int index);

    double tokensPerSecond(int index);

    double roundTripMillis(int index);

    double gpuUtilization(int index, double otherwise);

    double prefixMatch(int index);

    boolean sameSession(int index);

    long lastChosen(int index);

    /**
     * {@return candidates that were made already}
     *
     * @param made not changed any more
     */
    static Candidates of(List<Candidate> made) {
        return new MadeCandidates(made);
    }
}
