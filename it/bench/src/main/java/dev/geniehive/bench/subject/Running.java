package dev.geniehive.bench.subject;

import dev.geniehive.bench.measure.Processes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A subject that runs.
 *
 * @param children its processes, by what they are called; none where nobody knows them
 * @param operator where the operator's API is, with its key, if this is GenieHive
 * @param readyNanos from its start until it said that it was ready
 */
public record Running(
        Target target, Map<String, Long> children, Optional<Target> operator, long readyNanos, List<AutoCloseable> ends)
        implements AutoCloseable {
    public Running {
        children = new LinkedHashMap<>(children);
        ends = List.copyOf(ends);
    }

    /** {@return something that somebody else started} */
    static Running elsewhere(Target target, Map<String, Long> processes) {
        return new Running(target, processes, Optional.empty(), 0, List.of());
    }

    public Processes processes() {
        return Processes.of(children.values());
    }

    @Override
    public void close() {
        for (AutoCloseable end : ends) {
            try {
                end.close();
            } catch (Exception broken) {
                throw new IllegalStateException(end + " does not close", broken);
            }
        }
    }
}
