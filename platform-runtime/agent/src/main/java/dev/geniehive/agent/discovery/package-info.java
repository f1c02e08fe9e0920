/**
 * Which engines run here.
 *
 * <p>A port is never trusted: several engines share 8080 and 8000. Every engine plugin is asked whether it knows the
 * server behind a port, and the surest one adopts it. They ask for much the same, so the server is asked once for each
 * path.
 */
package dev.geniehive.agent.discovery;
