package dev.geniehive.control.operator;

import dev.geniehive.api.model.Json;
import dev.geniehive.kernel.plugin.PluginInfo;
import java.util.Locale;

/** A plugin as the operator's API shows it. */
final class PluginJson {
    private PluginJson() {}

    static Json.Obj of(PluginInfo plugin) {
        return Json.object()
                .put("id", plugin.id())
                .putIfPresent("version", plugin.version())
                .put("state", plugin.state().name().toLowerCase(Locale.ROOT))
                .put("file", plugin.file())
                .putIfPresent("requires", plugin.requires())
                .put("extensions", Json.strings(plugin.extensions()))
                .put(
                        "problems",
                        Json.array(plugin.problems().stream()
                                .map(problem -> Json.object()
                                        .put("code", problem.code().name())
                                        .put("message", problem.sentence()))
                                .toList()))
                .put("notes", Json.strings(plugin.notes()));
    }
}
