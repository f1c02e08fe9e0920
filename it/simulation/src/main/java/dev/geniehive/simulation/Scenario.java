package dev.geniehive.simulation;

import java.util.List;

/**
 * A hive and what it is asked for.
 *
 * @param name in the table
 * @param machines the first one is the one that something goes wrong with
 * @param conversationsPerSecond how many begin
 * @param conversations how many there are in all
 * @param fault what goes wrong with the first machine, from a third of the time to two thirds
 */
public record Scenario(
        String name, List<Machine> machines, double conversationsPerSecond, int conversations, Fault fault) {
    private static final List<Machine> ALIKE =
            List.of(middle("mid-1"), middle("mid-2"), middle("mid-3"), middle("mid-4"));
    private static final List<Machine> UNEQUAL = List.of(
            new Machine("big", 8, 4000, 60, 60),
            middle("mid"),
            new Machine("old", 4, 800, 20, 20),
            new Machine("cpu", 2, 150, 8, 8));

    /** {@return all that are played} */
    public static List<Scenario> all() {
        return List.of(
                new Scenario("four alike", ALIKE, 0.6, 400, Fault.NONE),
                new Scenario("four unequal", UNEQUAL, 0.55, 400, Fault.NONE),
                new Scenario("one turns slow", ALIKE, 0.4, 400, Fault.SLOW),
                new Scenario("one dies", ALIKE, 0.4, 400, Fault.GONE),
                new Scenario("one fails at once", ALIKE, 0.4, 400, Fault.FAILING));
    }

    private static Machine middle(String name) {
        return new Machine(name, 4, 2000, 40, 30);
    }

    double seconds() {
        return conversations / conversationsPerSecond;
    }
}
