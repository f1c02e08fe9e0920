package dev.geniehive.kernel.upstream;

/**
 * The connections to one endpoint at one moment.
 *
 * @param endpoint where they lead
 * @param live how many there are, those being opened included
 * @param idle how many of them wait for a request
 */
public record PoolState(Endpoint endpoint, int live, int idle) {}
