/** What is measured: nothing in between, nginx, GenieHive, or another gateway. */
@NullMarked
package dev.geniehive.bench.subject;

import org.jspecify.annotations.NullMarked;
