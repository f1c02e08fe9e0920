/**
 * Bodies of requests: read once, checked once, replayed as often as routing, failover and queues need it.
 *
 * <p>{@link dev.geniehive.kernel.body.Bodies} reads a body from a client, judges it as strict JSON while it arrives,
 * notes what routing wants to know, and keeps the bytes as they were sent: small ones in memory, large ones in a spool
 * file, all memory inside one budget. Forms with their files are read the same way: no part is ever copied. Nothing else in the house copies a body, and nobody parses it into a tree.
 */
package dev.geniehive.kernel.body;
