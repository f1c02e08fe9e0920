package dev.geniehive.kernel.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/** Takes every request that Helidon could read. */
final class EdgeHandler implements Handler {
    private static final HeaderName REQUEST_ID = HeaderNames.create(RequestIds.HEADER);

    private final EdgeSettings settings;
    private final EdgeParts parts;
    private final RouteTable routes;
    private final BooleanSupplier draining;

    EdgeHandler(EdgeSettings settings, EdgeParts parts, RouteTable routes, BooleanSupplier draining) {
        this.settings = settings;
        this.parts = parts;
        this.routes = routes;
        this.draining = draining;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Wire wire = Wire.CURRENT.get();
        if (wire.isClosing()) {
            throw new CloseConnectionException("the last answer said that it would be the last");
        }
        String id = RequestIds.orNew(request.headers().value(REQUEST_ID).orElse(""));
        Incoming incoming = new Incoming(request, id, wire, settings.limits(), parts.bodies());
        Outgoing outgoing = new Outgoing(response, incoming, wire, draining);
        parts.scope().aroundRequest(id, new Turn(settings, parts, routes, wire, incoming, outgoing));
    }
}
