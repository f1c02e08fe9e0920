/** What is read off: times, the CPU and memory of processes, and how often things failed. */
@NullMarked
package dev.geniehive.bench.measure;

import org.jspecify.annotations.NullMarked;
