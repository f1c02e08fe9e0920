/**
 * What happened in the hive, one line each, for whoever wants to watch it.
 *
 * <p>Events are derived from what changed between two snapshots: nobody announces them, so none can be forgotten. The
 * last ones are kept in memory; who lost the connection goes on after the last one it saw.
 */
package dev.geniehive.control.events;
