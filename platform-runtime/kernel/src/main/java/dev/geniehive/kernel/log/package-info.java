/**
 * Logging: one line an event, to standard error and to a bounded set of files, with the id of the request that it is
 * about. Nobody outside can forge a line, and what looks like a key is masked.
 *
 * <p>Code logs with SLF4J; behind it stands {@code java.util.logging}, to which Helidon and the JDK log as well.
 */
package dev.geniehive.kernel.log;
