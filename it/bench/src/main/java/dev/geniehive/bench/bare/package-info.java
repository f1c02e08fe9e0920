/** A relay of bytes: what a proxy on virtual threads costs before it looks at anything. */
@NullMarked
package dev.geniehive.bench.bare;

import org.jspecify.annotations.NullMarked;
