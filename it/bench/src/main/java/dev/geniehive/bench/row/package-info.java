/** What is measured about each subject, one class a kind of row. */
@NullMarked
package dev.geniehive.bench.row;

import org.jspecify.annotations.NullMarked;
