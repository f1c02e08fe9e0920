/** The source of load: a paced model server that writes its clock into each chunk, in a process of its own. */
@NullMarked
package dev.geniehive.bench.upstream;

import org.jspecify.annotations.NullMarked;
