/**
 * Durable state. One writer on a thread of its own, short transactions, and an answer only after the commit: what was
 * acknowledged is there after a {@code kill -9}.
 *
 * <p>No type of the database shows outside: rooms get records from small tables ({@link dev.geniehive.store.KeyTable},
 * {@link dev.geniehive.store.TokenTable}, {@link dev.geniehive.store.NodeTable}). A database that cannot be used now is a
 * {@code GenieException} with the code {@code storage_unavailable}; inference does not need it and goes on.
 */
package dev.geniehive.store;
