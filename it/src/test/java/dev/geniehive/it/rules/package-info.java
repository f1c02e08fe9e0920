/** The rules of the house that the compiler does not know. */
@NullMarked
package dev.geniehive.it.rules;

import org.jspecify.annotations.NullMarked;
