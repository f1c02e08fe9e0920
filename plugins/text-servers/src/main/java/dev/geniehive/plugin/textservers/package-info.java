/**
 * Servers that write text and speak OpenAI, each of which tells in its own words what it has and how busy it is: SGLang,
 * LM Studio, LocalAI, TabbyAPI, Lemonade, MLX-LM and KoboldCpp.
 *
 * <p>They share one plugin because they share all but a few paths, and because each plugin costs a little of every start.
 * What a server would fetch from elsewhere, or pass on to somebody else's machine, is left out wherever it shows.
 */
package dev.geniehive.plugin.textservers;
