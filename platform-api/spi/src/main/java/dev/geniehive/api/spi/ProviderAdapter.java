package dev.geniehive.api.spi;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Operation;
import java.util.Set;

/**
 * Speaks one upstream dialect of one or more operations, for example "OpenAI chat completions".
 *
 * <p>An adapter translates and nothing more. It opens no sockets and keeps no state about services: every call is lent
 * the {@link Upstream} it is for, and one instance serves all of them at once. Retries, timeouts, queueing and metrics
 * are the platform's and wrap around it.
 *
 * <p>Prove an implementation with {@code ProviderAdapterContract} from the test kit.
 */
public interface ProviderAdapter {
    /** {@return the operations this dialect can carry; never empty, the same on every call} */
    Set<Operation> operations();

    /**
     * Sends one request upstream and returns as soon as the reply starts.
     *
     * <p>A reply with an error status is a reply: the platform judges it. The body of the reply is read by the caller,
     * as it arrives. Closing the reply must end the upstream request: that is how a client that hangs up frees the GPU.
     *
     * @throws dev.geniehive.api.model.UpstreamException if no reply started; the platform may then try another service
     * @throws InterruptedException if the caller gives up
     */
    Reply invoke(Upstream upstream, Invocation invocation) throws InterruptedException;
}
