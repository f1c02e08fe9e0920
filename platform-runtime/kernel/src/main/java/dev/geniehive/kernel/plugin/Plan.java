package dev.geniehive.kernel.plugin;

import java.util.List;
import java.util.Map;

/**
 * What shall run after a look at the folders; everything in it has started already.
 *
 * @param running by id, a plugin after those that it depends on
 * @param failed the archives of those that cannot run, by id
 * @param problems why somebody failed, or which of its versions were refused, by id
 */
record Plan(Map<String, Loaded> running, Map<String, Archive> failed, Map<String, List<PluginProblem>> problems) {}
