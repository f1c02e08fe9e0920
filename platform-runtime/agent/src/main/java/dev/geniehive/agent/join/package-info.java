/**
 * How this machine belongs to control planes elsewhere: who it is there, and how they are spoken to.
 *
 * <p>Nothing here listens: control planes are called over HTTP. A token is used once and kept in memory only; the key
 * that it is exchanged for is kept in the home folder.
 */
package dev.geniehive.agent.join;
