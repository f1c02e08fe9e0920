package dev.geniehive.agent.discovery;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Recognition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The engines that plugins know. Calls have a deadline. Safe for use by many threads at once. */
public interface Engines {
    /** {@return their names as of now} */
    Set<String> names();

    /** {@return the ports where each usually listens, by the engine's name} */
    Map<String, List<Integer>> usualPorts();

    /**
     * Asks one engine whether it knows the server there.
     *
     * @throws dev.geniehive.api.model.UpstreamException if nobody answers there
     * @throws dev.geniehive.api.model.GenieException if the plugin broke, took too long or has gone
     */
    Recognition fingerprint(String engine, Upstream upstream) throws InterruptedException;

    /**
     * Has one engine read the state of a server.
     *
     * @throws dev.geniehive.api.model.UpstreamException if nobody answers there
     * @throws dev.geniehive.api.model.GenieException if the plugin broke, took too long or has gone
     */
    Inventory inspect(String engine, Upstream upstream) throws InterruptedException;
}
