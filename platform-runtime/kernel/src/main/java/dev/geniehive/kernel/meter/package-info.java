/**
 * Metrics: the names of the contract, with labels that cannot grow without bound, as Prometheus and OpenMetrics read
 * them.
 */
package dev.geniehive.kernel.meter;
