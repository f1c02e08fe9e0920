package dev.geniehive.simulation;

import dev.geniehive.api.model.Urgency;
import java.util.List;

/**
 * A hive and what it is asked for.
 *
 * @param name in the table
 * @param machines the first one is the one that something goes wrong with
 * @param crowds who asks
 * @param fault what goes wrong with the first machine, from a third of the time to two thirds
 * @param maxQueue how many may wait
 */
public record Scenario(String name, List<Machine> machines, List<Crowd> crowds, Fault fault, int maxQueue) {
    private static final int USUAL_QUEUE = 512;
    private static final List<Machine> ALIKE =
            List.of(middle("mid-1"), middle("mid-2"), middle("mid-3"), middle("mid-4"));
    private static final List<Machine> UNEQUAL = List.of(
            new Machine("big", 8, 4000, 60, 60),
            middle("mid"),
            new Machine("old", 4, 800, 20, 20),
            new Machine("cpu", 2, 150, 8, 8));
    private static final Crowd MODEST = new Crowd("who asks now and then", "modest", Urgency.INTERACTIVE, 0, 0.15, 60);
    private static final Crowd GREEDY = new Crowd("who asks all at once", "greedy", Urgency.INTERACTIVE, 60, 30, 150);

    /** {@return those by which policies are compared} */
    public static List<Scenario> all() {
        return List.of(
                alone("four alike", ALIKE, 0.6, Fault.NONE),
                alone("four unequal", UNEQUAL, 0.55, Fault.NONE),
                alone("one turns slow", ALIKE, 0.4, Fault.SLOW),
                alone("one dies", ALIKE, 0.4, Fault.GONE),
                alone("one fails at once", ALIKE, 0.4, Fault.FAILING));
    }

    /** {@return those in which more is asked for than the machines can do} */
    public static List<Scenario> crowded() {
        Crowd people = new Crowd("people", "office", Urgency.INTERACTIVE, 0, 0.15, 60);
        Crowd reports = new Crowd("reports", "office", Urgency.BATCH, 60, 30, 150);
        return List.of(
                new Scenario("one key asks for much", ALIKE, List.of(MODEST, GREEDY), Fault.NONE, USUAL_QUEUE),
                new Scenario("one key fills the queue", ALIKE, List.of(MODEST, GREEDY), Fault.NONE, 40),
                new Scenario("nobody waits for the reports", ALIKE, List.of(people, reports), Fault.NONE, USUAL_QUEUE));
    }

    private static Scenario alone(String name, List<Machine> machines, double perSecond, Fault fault) {
        return new Scenario(
                name,
                machines,
                List.of(new Crowd("clients", "client", Urgency.INTERACTIVE, 0, perSecond, 400)),
                fault,
                USUAL_QUEUE);
    }

    private static Machine middle(String name) {
        return new Machine(name, 4, 2000, 40, 30);
    }

    double seconds() {
        return crowds.stream().mapToDouble(Crowd::until).max().orElseThrow();
    }
}
