/**
 * Admit, invoke, fail over.
 *
 * <p>A request is reserved a slot in ranked order, invoked through its adapter, and tried on the next service if it
 * fails before the first data event, out of one budget. From the first data event on it is never tried again: a stream
 * that breaks ends with an error event, not with silence. Closing the exchange frees the engine in every phase.
 */
package dev.geniehive.control.gateway;
