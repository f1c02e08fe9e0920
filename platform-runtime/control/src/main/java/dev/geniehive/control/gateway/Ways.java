package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.control.hive.Service;

/** Knows how to get to a service. */
@FunctionalInterface
public interface Ways {
    /** {@return the way to a service; nothing is connected yet} */
    Upstream to(Service service);
}
