package dev.geniehive.control.routing;

import dev.geniehive.api.model.RouteRequest;

/**
 * A request, as filters see it.
 *
 * @param route what the client asks for
 * @param demand what that needs
 */
record Asking(RouteRequest route, Demand demand) {}
