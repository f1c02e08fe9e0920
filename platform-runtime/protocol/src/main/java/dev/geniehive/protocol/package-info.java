/**
 * The words between a node agent and its control plane: it registers once, and from then on sends heartbeats that tell
 * what it has. In one process both meet as {@link dev.geniehive.protocol.ControlPlane}.
 */
package dev.geniehive.protocol;
