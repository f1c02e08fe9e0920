/**
 * Who may do what: keys, and the rules for requests of this machine that bring none.
 *
 * <p>A key is compared by its hash, in a time that tells nothing. Without a key, only a request that certainly comes
 * from this machine itself gets in: not one from a web page, and not one through a proxy.
 */
package dev.geniehive.kernel.access;
