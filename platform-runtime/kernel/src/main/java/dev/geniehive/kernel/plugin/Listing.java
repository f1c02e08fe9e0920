package dev.geniehive.kernel.plugin;

import dev.geniehive.kernel.plugin.Leftovers.Leftover;
import dev.geniehive.kernel.plugin.PluginInfo.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The list of plugins: a snapshot of one writer, and what the collector says when somebody reads it. */
final class Listing {
    private final Leftovers leftovers;
    private volatile List<PluginInfo> plugins = List.of();

    Listing(Leftovers leftovers) {
        this.leftovers = leftovers;
    }

    /** {@return whether that was news} */
    boolean publish(List<PluginInfo> next) {
        List<PluginInfo> before = plugins;
        plugins = next.stream().sorted(Comparator.comparing(PluginInfo::id)).toList();
        return !plugins.equals(before);
    }

    /** {@return the list as it was last published} */
    List<PluginInfo> published() {
        return plugins;
    }

    /** Everything has stopped. */
    void publishStopped() {
        plugins = plugins.stream()
                .map(plugin -> plugin.state() == State.STARTED ? stopped(plugin) : plugin)
                .toList();
    }

    List<PluginInfo> now() {
        List<PluginInfo> list = new ArrayList<>(plugins);
        for (Leftover leftover : leftovers.remaining()) {
            leftovers.note(leftover).ifPresent(note -> addNote(list, leftover, note));
        }
        return List.copyOf(list);
    }

    private static void addNote(List<PluginInfo> list, Leftover leftover, String note) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).id().equals(leftover.id())) {
                list.set(i, noted(list.get(i), note));
                return;
            }
        }
        list.add(new PluginInfo(
                leftover.id(),
                Optional.of(leftover.version()),
                State.STOPPED,
                leftover.file(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(note)));
    }

    private static PluginInfo noted(PluginInfo plugin, String note) {
        List<String> notes = new ArrayList<>(plugin.notes());
        notes.add(note);
        return new PluginInfo(
                plugin.id(),
                plugin.version(),
                plugin.state(),
                plugin.file(),
                plugin.extensions(),
                plugin.problems(),
                plugin.requires(),
                notes);
    }

    private static PluginInfo stopped(PluginInfo plugin) {
        return new PluginInfo(
                plugin.id(),
                plugin.version(),
                State.STOPPED,
                plugin.file(),
                List.of(),
                plugin.problems(),
                plugin.requires(),
                plugin.notes());
    }
}
