/**
 * The HTTP/1.1 client to engines: strict, blocking, pooled, over any byte stream.
 *
 * <p>{@link dev.geniehive.kernel.upstream.Upstreams} owns the connections and makes one
 * {@link dev.geniehive.api.host.Upstream} for each {@link dev.geniehive.kernel.upstream.Target}. What carries the
 * bytes is open: a {@link dev.geniehive.kernel.upstream.Dialer} opens a
 * {@link dev.geniehive.kernel.upstream.ByteStream}, today a socket. How it works is in {@code design.md} beside these
 * sources.
 */
package dev.geniehive.kernel.upstream;
