package dev.geniehive.kernel.access;

import dev.geniehive.api.model.Headers;
import java.net.InetAddress;

/**
 * What the rules look at.
 *
 * @param peer the other end of the connection
 * @param headers of the request
 * @param boundToLoopbackOnly whether this process listens on nothing but loopback
 */
public record RequestFacts(InetAddress peer, Headers headers, boolean boundToLoopbackOnly) {}
