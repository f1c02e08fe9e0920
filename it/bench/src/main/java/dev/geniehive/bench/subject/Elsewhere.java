package dev.geniehive.bench.subject;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The upstream itself, or a gateway that somebody else started in front of it.
 *
 * @param pid its process, if its CPU time and memory are to be counted
 */
public record Elsewhere(String name, Target target, Optional<Long> pid) implements Subject {
    /** {@return nothing in between} */
    public static Elsewhere direct(int upstreamPort) {
        return new Elsewhere("direct", Target.local(upstreamPort), Optional.empty());
    }

    @Override
    public boolean startsAnew() {
        return false;
    }

    @Override
    public Running start(Path folder) {
        return Running.elsewhere(target, pid.map(id -> Map.of(name, id)).orElse(Map.of()));
    }
}
