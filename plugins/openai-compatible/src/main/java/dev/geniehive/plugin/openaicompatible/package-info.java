/**
 * Any server that lists its models as OpenAI does.
 *
 * <p>Recognised with the least certainty, so that whoever knows a server better wins. It says nothing about load,
 * versions or what is loaded: every listed model counts as loaded.
 */
package dev.geniehive.plugin.openaicompatible;
