package dev.geniehive.control.hive;

import java.time.Instant;

/**
 * What is known of a name.
 *
 * @param offers who serves it, whatever their health and that of their hosts, in the order of their ids
 * @param mentions how often engines and operators gave it; 0 where it only follows from another name
 * @param since when it was first given
 */
record Name(Offers offers, int mentions, Instant since) {}
