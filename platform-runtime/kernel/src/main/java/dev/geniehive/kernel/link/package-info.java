/**
 * Byte streams through connections that the other side made: how a control plane reaches engines on machines that it
 * cannot connect to.
 *
 * <p>A node keeps a few idle connections to its control plane. Each carries one exchange at a time, in small frames;
 * nothing is multiplexed, so the back-pressure of TCP holds for each stream. See {@code design.md}.
 */
package dev.geniehive.kernel.link;
