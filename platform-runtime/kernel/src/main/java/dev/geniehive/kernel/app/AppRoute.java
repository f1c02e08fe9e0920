package dev.geniehive.kernel.app;

import dev.geniehive.api.spi.Route;

/**
 * A route and who may use it.
 *
 * @param route method, path and handler
 * @param access who may use it
 */
public record AppRoute(Route route, Access access) {}
