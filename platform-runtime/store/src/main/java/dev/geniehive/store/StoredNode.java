package dev.geniehive.store;

import java.time.Instant;

/**
 * A node that has registered.
 *
 * @param id stable over its restarts
 * @param name what its operator calls it
 * @param keyHash SHA-256 of the key that it was given, in hexadecimal
 * @param registeredAt when it came first
 */
public record StoredNode(String id, String name, String keyHash, Instant registeredAt) {}
