package dev.geniehive.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A token that lets a node in once.
 *
 * @param hash SHA-256 of it, in hexadecimal
 * @param expiresAt until when it is good
 * @param usedBy the id of the node that used it, if one did
 */
public record StoredToken(String hash, Instant expiresAt, Optional<String> usedBy) {}
