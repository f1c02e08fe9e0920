package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Headers;
import dev.geniehive.kernel.app.Access;
import java.net.SocketAddress;

/** Decides who may come in. Asked once for each request, before a byte of its body is read. */
@FunctionalInterface
public interface Gatekeeper {
    /**
     * Lets a request in or refuses it.
     *
     * @param peer where the connection comes from
     * @param headers what the request says
     * @param needed what the route asks for
     * @param requestId the id of the request, to be part of the caller
     * @return who asks
     * @throws dev.geniehive.api.model.GenieException to refuse
     */
    Caller admit(SocketAddress peer, Headers headers, Access needed, String requestId);
}
