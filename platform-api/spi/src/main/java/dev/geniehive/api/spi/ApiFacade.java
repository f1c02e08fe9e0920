package dev.geniehive.api.spi;

import java.util.List;

/**
 * Offers a client API: routes that translate to and from the gateway that the context lends.
 *
 * <p>Routes are asked for once. They come and go with the plugin; where two facades claim a route, the later one is
 * refused and named.
 */
public interface ApiFacade {
    List<Route> routes();
}
