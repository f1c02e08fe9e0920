/** HTTP/1.1 on raw sockets: strict about framing, poor in allocations, and it knows which bytes came by which read. */
@NullMarked
package dev.geniehive.bench.wire;

import org.jspecify.annotations.NullMarked;
