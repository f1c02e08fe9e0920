/**
 * What was learned about how well services serve their models, and which prompts they have read lately.
 *
 * <p>All of it is bounded in memory and forgets: numbers by a half-life, prompts by making room. Of prompts and sessions
 * nothing is kept but keyed fingerprints, which are worth nothing outside of this process and never written down. Knows
 * nobody in the control plane.
 */
package dev.geniehive.control.hive.performance;
