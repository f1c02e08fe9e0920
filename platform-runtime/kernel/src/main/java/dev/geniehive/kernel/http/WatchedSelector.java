package dev.geniehive.kernel.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Puts a {@link Wire} under each HTTP/1.1 connection. */
final class WatchedSelector implements ServerConnectionSelector {
    private final ServerConnectionSelector http1;
    private final EdgeSettings settings;
    private final EdgeParts parts;
    private final Watchdog watchdog;

    WatchedSelector(ServerConnectionSelector http1, EdgeSettings settings, EdgeParts parts, Watchdog watchdog) {
        this.http1 = http1;
        this.settings = settings;
        this.parts = parts;
        this.watchdog = watchdog;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Wire wire = new Wire(
                context.serverSocket()::get, context.dataWriter(), settings.timeouts(), parts.ticker(), watchdog::stir);
        ConnectionContext watched = new WatchedContext(context, wire);
        return new WatchedConnection(http1.connection(watched), wire, watchdog, parts.ticker());
    }
}
