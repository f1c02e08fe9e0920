package dev.geniehive.api.spi;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Recognition;
import java.util.List;

/**
 * Knows one inference engine: recognises it behind an address, and reads what it has and how it feels.
 *
 * <p>An engine keeps no state about services and starts no process; one instance serves all of them at once. It asks
 * only what is cheap for the engine to answer, and only with {@code GET} unless the engine's documentation says that
 * nothing is loaded or changed by it.
 *
 * <p>Prove an implementation with {@code EngineContract} from the test kit.
 */
public interface Engine {
    /** {@return the ports of the loopback address where it usually listens, most likely first; may be empty} */
    List<Integer> usualPorts();

    /**
     * Looks whether the server there is this engine. A server that is somebody else is {@link Recognition.Stranger},
     * never an exception.
     *
     * @throws dev.geniehive.api.model.UpstreamException if nobody answers there
     * @throws InterruptedException if the caller gives up
     */
    Recognition fingerprint(Upstream upstream) throws InterruptedException;

    /**
     * Reads the engine's state: called every few seconds for every service.
     *
     * <p>An engine that answers but cannot serve is an inventory whose health says so.
     *
     * @throws dev.geniehive.api.model.UpstreamException if nobody answers there
     * @throws InterruptedException if the caller gives up
     */
    Inventory inspect(Upstream upstream) throws InterruptedException;
}
