package dev.geniehive.kernel.body;

import java.util.random.RandomGenerator;

/**
 * A fingerprint of bytes: two polynomials modulo 2^61-1 at secret places.
 *
 * <p>Two different texts of n bytes have the same one with a probability of about (n / 2^61)^2, whatever they are, as
 * long as the secret is one: nobody can make up keys that collide, and no key has to be kept to be compared.
 */
final class Fingerprint {
    private static final long PRIME = (1L << 61) - 1;

    private final Secret secret;
    private long first;
    private long second;

    Fingerprint(Secret secret) {
        this.secret = secret;
    }

    /** Begins anew; texts of different seeds are different texts. */
    void begin(int seed) {
        first = seed + 1L;
        second = seed + 1L;
    }

    void add(int octet) {
        first = step(first, secret.first(), octet);
        second = step(second, secret.second(), octet);
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    private static long step(long value, long place, int octet) {
        long low = value * place;
        long high = Math.multiplyHigh(value, place);
        long sum = (low & PRIME) + ((low >>> 61) | (high << 3)) + octet;
        long once = (sum & PRIME) + (sum >>> 61);
        return once >= PRIME ? once - PRIME : once;
    }

    /** The two places; drawn once a process. */
    record Secret(long first, long second) {
        static Secret from(RandomGenerator random) {
            return new Secret(random.nextLong(1 << 20, PRIME), random.nextLong(1 << 20, PRIME));
        }

        @Override
        public String toString() {
            return "Secret[***]";
        }
    }
}
