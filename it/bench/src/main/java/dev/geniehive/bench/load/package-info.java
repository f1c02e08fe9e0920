/** The sink of load: clients in a closed loop, at a given rate, or reading streams. */
@NullMarked
package dev.geniehive.bench.load;

import org.jspecify.annotations.NullMarked;
