/**
 * Whose keys there are, and what each may be used for.
 *
 * <p>Keys are kept as hashes in the store and held in memory as a whole, so that a request costs no look at the disk and
 * keys go on counting while the store is away.
 */
package dev.geniehive.control.access;
