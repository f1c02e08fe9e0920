/** Measures GenieHive beside others on one machine; docs/performance.md tells how and what the rows mean. */
@NullMarked
package dev.geniehive.bench;

import org.jspecify.annotations.NullMarked;
