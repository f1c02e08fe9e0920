/**
 * Answers that are made up, at the pace of a real engine.
 *
 * <p>It touches no socket and no model. Whoever reads an answer sees that it is simulated: in its first word, in its
 * fingerprint, and in the service that gave it. The same question has the same answer.
 */
package dev.geniehive.plugin.simulator;
