/** A client that sees bytes and when they came, where a real HTTP client would hide them. */
@NullMarked
package dev.geniehive.it.client;

import org.jspecify.annotations.NullMarked;
