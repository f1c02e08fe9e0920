/**
 * Ollama: what is installed, what is loaded, and what the loaded ones can do.
 *
 * <p>Models that run in somebody's cloud are left out wherever they show: a hive is what runs on its own machines.
 */
package dev.geniehive.plugin.ollama;
