/** From samples of several rounds to tables. */
@NullMarked
package dev.geniehive.bench.report;

import org.jspecify.annotations.NullMarked;
