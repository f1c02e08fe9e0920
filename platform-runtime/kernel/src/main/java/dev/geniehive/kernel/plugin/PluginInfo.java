package dev.geniehive.kernel.plugin;

import java.util.List;
import java.util.Optional;

/**
 * One line of the list of plugins.
 *
 * @param id the plugin's id; the file's name where the file does not tell
 * @param version the version that runs, or the one that failed; absent where the file does not tell
 * @param state what it does now
 * @param file folder and name of the file that it came from, for example {@code plugins/openai.jar}
 * @param extensions what it offers, for example {@code provider-adapter 'openai'}; empty unless started
 * @param problems why it failed, or what is wrong although it runs, for example with a newer version that was refused
 * @param requires the range of the platform API that it needs; absent where the file does not tell
 * @param notes worth knowing, for example {@code version 0.1.0 still held}
 */
public record PluginInfo(
        String id,
        Optional<String> version,
        State state,
        String file,
        List<String> extensions,
        List<PluginProblem> problems,
        Optional<String> requires,
        List<String> notes) {
    public PluginInfo {
        extensions = List.copyOf(extensions);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** What a plugin does. */
    public enum State {
        STARTED,
        FAILED,
        STOPPED
    }
}
