/**
 * Loads plugins, and is the wall that every call into one goes through.
 *
 * <p>Each plugin runs as a JPMS module in a layer of its own. A bad plugin is listed with a reason and everyone else
 * runs; a new version replaces the old one only after it has started off to the side. The only place that knows PF4J,
 * which contributes the descriptor, version ranges and the order of dependencies. {@code design.md} beside the sources
 * has the whys.
 */
package dev.geniehive.kernel.plugin;
