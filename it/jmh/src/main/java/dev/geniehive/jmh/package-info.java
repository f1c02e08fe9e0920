/** Microbenchmarks of the parts that every request goes through. Run by {@code it/jmh/run}. */
package dev.geniehive.jmh;
