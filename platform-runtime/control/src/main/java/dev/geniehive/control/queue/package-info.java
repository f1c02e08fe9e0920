/**
 * Who waits, and who goes first.
 *
 * <p>Pure: time is handed in, nothing blocks here, and one thread at a time may use a queue. What blocks is in
 * {@code control.gateway}.
 */
package dev.geniehive.control.queue;
