package dev.geniehive.kernel.plugin;

import dev.geniehive.kernel.plugin.DropFolders.Drop;
import dev.geniehive.kernel.plugin.PluginInfo.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan looks like in the list of plugins.
 *
 * @param duplicates extensions whose name was taken, by plugin id
 */
record Lines(Plan plan, Selection selection, Map<String, List<PluginProblem>> duplicates) {
    List<PluginInfo> all() {
        List<PluginInfo> lines = new ArrayList<>();
        plan.running().values().forEach(plugin -> lines.add(started(plugin)));
        plan.failed().values().forEach(archive -> lines.add(line(archive, State.FAILED, List.of())));
        selection.unknown().forEach(drop -> lines.add(unknown(drop)));
        return lines;
    }

    private PluginInfo started(Loaded plugin) {
        List<String> extensions = plugin.offers().stream().map(Offer::toString).toList();
        return line(selection.current(plugin.archive()), State.STARTED, extensions);
    }

    private PluginInfo line(Archive archive, State state, List<String> extensions) {
        return new PluginInfo(
                archive.id(),
                Optional.of(archive.version()),
                state,
                archive.file(),
                extensions,
                problems(archive.id()),
                archive.requires(),
                selection.notes().getOrDefault(archive.id(), List.of()));
    }

    private List<PluginProblem> problems(String id) {
        List<PluginProblem> all = new ArrayList<>(selection.problems().getOrDefault(id, List.of()));
        all.addAll(plan.problems().getOrDefault(id, List.of()));
        all.addAll(duplicates.getOrDefault(id, List.of()));
        return all;
    }

    private static PluginInfo unknown(Drop drop) {
        return new PluginInfo(
                drop.id().orElse(drop.file().getFileName().toString()),
                Optional.empty(),
                State.FAILED,
                Archive.file(drop.file()),
                List.of(),
                drop.problem().map(List::of).orElse(List.of()),
                Optional.empty(),
                List.of());
    }
}
