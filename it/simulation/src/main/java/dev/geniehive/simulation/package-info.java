/**
 * Plays a day of a hive in a moment: the real hive, router, queue and ranking policies, on made-up machines and a
 * virtual clock.
 * Seeded, so that every run is the same; docs/routing-policies.md shows what came out.
 */
@NullMarked
package dev.geniehive.simulation;

import org.jspecify.annotations.NullMarked;
