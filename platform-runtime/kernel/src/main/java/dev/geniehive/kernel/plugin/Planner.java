package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.BREAKS_DEPENDENT;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.MISSING_PLUGIN;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds what can run, by starting it off to the side.
 *
 * <p>Each plugin has choices, the best first: the dropped versions, then the one that runs. All best choices are tried
 * together; where one fails, or would stop a plugin that runs now, its next choice is tried, until nothing is left to
 * give way. What runs already over the same dependencies is taken as it is. One planner makes one plan.
 */
final class Planner {
    private final Versions versions;
    private final Wall wall;
    private final Map<String, Loaded> running;
    private final Map<String, Deque<Archive>> choices = new TreeMap<>();
    private final Map<String, List<PluginProblem>> problems = new HashMap<>();
    private final List<Loaded> trials = new ArrayList<>();

    Planner(Versions versions, Wall wall, Map<String, Loaded> running, Map<String, List<Archive>> choices) {
        this.versions = versions;
        this.wall = wall;
        this.running = running;
        choices.forEach((id, archives) -> this.choices.put(id, new ArrayDeque<>(archives)));
    }

    /** What came of one try. */
    private record Outcome(Map<String, Loaded> started, Map<String, PluginProblem> failed) {}

    Plan plan() throws InterruptedException {
        try {
            Outcome outcome = tryAll();
            while (giveWay(outcome)) {
                outcome = tryAll();
            }
            closeTrialsBut(outcome.started().values());
            Map<String, Archive> failed = new TreeMap<>();
            outcome.failed().forEach((id, problem) -> {
                failed.put(id, chosen(id));
                note(id, problem);
            });
            return new Plan(outcome.started(), failed, problems);
        } catch (InterruptedException e) {
            closeTrialsBut(List.of());
            throw e;
        }
    }

    private Outcome tryAll() throws InterruptedException {
        Map<String, PluginProblem> failed = new LinkedHashMap<>();
        List<Archive> possible = new ArrayList<>();
        for (String id : choices.keySet()) {
            try {
                versions.check(chosen(id));
                possible.add(chosen(id));
            } catch (Refused e) {
                failed.put(id, e.problem());
            }
        }
        DependencyOrder order = DependencyOrder.of(possible, choices.keySet(), versions);
        failed.putAll(order.refused());
        Map<String, Loaded> started = new LinkedHashMap<>();
        for (String id : order.sorted()) {
            try {
                started.put(id, start(chosen(id), started));
            } catch (Refused e) {
                failed.put(id, e.problem());
            }
        }
        return new Outcome(started, failed);
    }

    private Loaded start(Archive archive, Map<String, Loaded> started) throws Refused, InterruptedException {
        List<Loaded> dependencies = new ArrayList<>();
        for (String id : archive.dependencies()) {
            Loaded dependency = started.get(id);
            if (dependency == null) {
                throw new Refused(MISSING_PLUGIN, "needs plugin '%s', which cannot start".formatted(id));
            }
            dependencies.add(dependency);
        }
        Loaded now = running.get(archive.id());
        if (now != null && now.is(archive, dependencies)) {
            return now;
        }
        for (Loaded trial : trials) {
            if (trial.is(archive, dependencies)) {
                return trial;
            }
        }
        Loaded trial = Loaded.start(archive, dependencies, wall);
        trials.add(trial);
        return trial;
    }

    /** Takes one choice back, and says whether there was one to take. */
    private boolean giveWay(Outcome outcome) {
        for (Map.Entry<String, PluginProblem> failure : outcome.failed().entrySet()) {
            String id = failure.getKey();
            if (hasAnother(id)) {
                note(id, refusal(chosen(id), failure.getValue()));
                drop(id);
                return true;
            }
            Optional<String> culprit = runs(chosen(id)) ? culprit(id) : Optional.empty();
            if (culprit.isPresent()) {
                note(culprit.get(), breaks(chosen(culprit.get()), id, failure.getValue()));
                drop(culprit.get());
                return true;
            }
        }
        return false;
    }

    /** {@return a plugin below this one that could be another version than the one that was tried} */
    private Optional<String> culprit(String id) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(chosen(id).dependencies());
        while (!next.isEmpty()) {
            String dependency = next.pop();
            if (!seen.add(dependency) || !choices.containsKey(dependency)) {
                continue;
            }
            if (hasAnother(dependency) && !runs(chosen(dependency))) {
                return Optional.of(dependency);
            }
            next.addAll(chosen(dependency).dependencies());
        }
        return Optional.empty();
    }

    private Archive chosen(String id) {
        return of(id).getFirst();
    }

    private boolean hasAnother(String id) {
        return of(id).size() > 1;
    }

    private void drop(String id) {
        of(id).removeFirst();
    }

    private Deque<Archive> of(String id) {
        return choices.getOrDefault(id, new ArrayDeque<>());
    }

    private boolean runs(Archive archive) {
        Loaded now = running.get(archive.id());
        return now != null && now.archive().sameAs(archive);
    }

    private void note(String id, PluginProblem problem) {
        problems.computeIfAbsent(id, none -> new ArrayList<>()).add(problem);
    }

    private static PluginProblem refusal(Archive refused, PluginProblem why) {
        return new PluginProblem(
                why.code(),
                "version %s in %s was refused: %s".formatted(refused.version(), refused.file(), why.sentence()));
    }

    private static PluginProblem breaks(Archive refused, String dependent, PluginProblem why) {
        return new PluginProblem(
                BREAKS_DEPENDENT,
                "version %s in %s was refused: plugin '%s' would not start with it: %s"
                        .formatted(refused.version(), refused.file(), dependent, why));
    }

    private void closeTrialsBut(Collection<Loaded> kept) throws InterruptedException {
        for (Loaded trial : trials.reversed()) {
            if (!kept.contains(trial)) {
                trial.close(wall.deadline());
            }
        }
    }
}
