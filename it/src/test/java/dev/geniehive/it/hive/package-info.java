/** GenieHive as its users get it: unpacked from the zip, started as a process of its own. */
@NullMarked
package dev.geniehive.it.hive;

import org.jspecify.annotations.NullMarked;
