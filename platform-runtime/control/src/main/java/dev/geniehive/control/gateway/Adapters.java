package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import java.util.Set;

/** The provider adapters that this process has. Safe for use by many threads at once. */
public interface Adapters {
    /** {@return their names as of now} */
    Set<String> names();

    /**
     * Has an adapter send a request.
     *
     * @throws dev.geniehive.api.model.UpstreamException if no reply started
     * @throws dev.geniehive.api.model.GenieException if there is no such adapter, or it failed by itself
     */
    Reply invoke(String adapter, Upstream upstream, Invocation invocation) throws InterruptedException;
}
