package dev.geniehive.kernel.plugin;

import dev.geniehive.kernel.plugin.DropFolders.Drop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which versions of which plugins there are to choose from.
 *
 * @param choices by id, the best first: a later folder before an earlier one, then the higher version, last the one
 *     that runs
 * @param notes what is worth knowing about the choice, by id
 * @param problems of files of plugins that run, by id
 * @param unknown files that do not even tell whose they are
 */
record Selection(
        Map<String, List<Archive>> choices,
        Map<String, List<String>> notes,
        Map<String, List<PluginProblem>> problems,
        List<Drop> unknown) {
    static Selection of(List<Drop> drops, Map<String, Loaded> running, Versions versions) {
        Selection selection = new Selection(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        drops.stream()
                .sorted(Comparator.comparingInt(Drop::folder).reversed())
                .forEach(drop -> selection.add(drop, running));
        selection.choices.forEach((id, archives) -> selection.order(id, archives, drops, versions));
        running.forEach(selection::addRunning);
        return selection;
    }

    /** {@return the same content where it lies now, if it was moved} */
    Archive current(Archive archive) {
        return choices.getOrDefault(archive.id(), List.of()).stream()
                .filter(archive::sameAs)
                .findFirst()
                .orElse(archive);
    }

    private void add(Drop drop, Map<String, Loaded> running) {
        drop.archive()
                .ifPresent(archive -> choices.computeIfAbsent(archive.id(), id -> new ArrayList<>())
                        .add(archive));
        drop.problem()
                .ifPresent(problem -> drop.id()
                        .filter(running::containsKey)
                        .ifPresentOrElse(id -> damaged(id, problem), () -> unknown.add(drop)));
    }

    /** A file was overwritten with something unreadable: what it held goes on. */
    private void damaged(String id, PluginProblem problem) {
        choices.computeIfAbsent(id, none -> new ArrayList<>());
        problems.computeIfAbsent(id, none -> new ArrayList<>()).add(problem);
    }

    private void order(String id, List<Archive> archives, List<Drop> drops, Versions versions) {
        Comparator<Archive> byFolder = Comparator.comparingInt(archive -> folder(archive, drops));
        archives.sort(byFolder.reversed().thenComparing((one, other) -> newestFirst(one, other, versions)));
        for (Archive other : archives.subList(Math.min(1, archives.size()), archives.size())) {
            notes.computeIfAbsent(id, none -> new ArrayList<>())
                    .add("%s wins over version %s in %s"
                            .formatted(archives.getFirst().file(), other.version(), other.file()));
        }
    }

    private void addRunning(String id, Loaded plugin) {
        List<Archive> archives = choices.get(id);
        if (archives != null && archives.stream().noneMatch(plugin.archive()::sameAs)) {
            archives.add(plugin.archive());
        }
    }

    private static int folder(Archive archive, List<Drop> drops) {
        return drops.stream()
                .filter(drop -> drop.file().equals(archive.source()))
                .mapToInt(Drop::folder)
                .findFirst()
                .orElse(-1);
    }

    private static int newestFirst(Archive one, Archive other, Versions versions) {
        boolean valid = versions.isVersion(one.version());
        if (valid && versions.isVersion(other.version())) {
            return versions.compare(other.version(), one.version());
        }
        return Boolean.compare(versions.isVersion(other.version()), valid);
    }
}
