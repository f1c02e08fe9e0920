package dev.geniehive.it.hive;

import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import dev.geniehive.it.engine.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Fake engines of a hive, the first one preferred: the services are {@code e1}, {@code e2} and so on. */
final class Engines implements AutoCloseable {
    private final Knobs knobs;
    private final List<FakeEngine> engines;

    private Engines(Knobs knobs, List<FakeEngine> engines) {
        this.knobs = knobs;
        this.engines = engines;
    }

    /** Starts some that serve a model. */
    static Engines serving(String model, int count) {
        Knobs knobs = Knobs.defaults().with("models", model).with("keep-alive", false);
        return new Engines(
                knobs,
                new ArrayList<>(Stream.generate(() -> FakeEngine.start(Flavor.OPENAI, knobs))
                        .limit(count)
                        .toList()));
    }

    /** {@return the one that is asked first, second and so on, from 1} */
    FakeEngine get(int number) {
        return engines.get(number - 1);
    }

    /** Puts another one in the place of one that is closed, from 1. */
    void replace(int number, FakeEngine engine) {
        engines.set(number - 1, engine);
    }

    List<FakeEngine> all() {
        return List.copyOf(engines);
    }

    /** {@return how an engine behaves that does as it should} */
    Knobs good() {
        return knobs;
    }

    void allBehave() {
        engines.forEach(engine -> engine.turn(knobs));
    }

    /** {@return what an engine has been asked to generate so far} */
    static List<Seen> asked(FakeEngine engine) {
        return engine.seen().stream().filter(Engines::isChat).toList();
    }

    static boolean isChat(Seen seen) {
        return seen.isFor(Outcome.CHAT);
    }

    /** {@return the configuration of an agent that has nothing but these} */
    static String yaml(String more, Engines... groups) {
        return Node.yaml("box", services(more, groups));
    }

    /** {@return these as entries of {@code agent.services}, the first one the cheapest} */
    static List<String> services(String more, Engines... groups) {
        List<String> lines = new ArrayList<>();
        for (Engines group : groups) {
            for (FakeEngine engine : group.engines) {
                lines.add("{ name: e%d, url: \"%s\", engine: openai-compatible, cost: %d %s }"
                        .formatted(lines.size() + 1, engine.uri(), lines.size() + 1, more));
            }
        }
        return lines;
    }

    /** {@return whether all of a hive's services are healthy, by the list of them} */
    static boolean allHealthy(String services) {
        return services.contains("\"healthy\"")
                && Stream.of("unreachable", "unhealthy", "loading", "degraded")
                        .noneMatch(state -> services.contains("\"status\":\"%s\"".formatted(state)));
    }

    @Override
    public void close() {
        engines.forEach(FakeEngine::close);
    }
}
