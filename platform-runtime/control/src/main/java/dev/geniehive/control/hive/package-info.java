/**
 * Who is there and how they feel.
 *
 * <p>{@link dev.geniehive.control.hive.Hive} has one writer; readers take an immutable
 * {@link dev.geniehive.control.hive.HiveSnapshot} whose index of names was made when something changed, not when
 * someone asked. What changes with every request lives in {@link dev.geniehive.control.hive.Gauge gauges} beside it.
 * The hive calls nobody.
 */
package dev.geniehive.control.hive;
