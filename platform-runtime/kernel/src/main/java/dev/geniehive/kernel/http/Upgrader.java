package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Switches connections to one protocol. What it does not switch goes on as an ordinary request: to the route that
 * {@link Edge} keeps at the same path, which asks the gatekeeper again and says what is wrong.
 */
final class Upgrader implements Http1Upgrader {
    private static final Header UPGRADE = HeaderValues.create(HeaderNames.CONNECTION, "upgrade");

    private final Upgrade upgrade;
    private final Gatekeeper gatekeeper;

    Upgrader(Upgrade upgrade, Gatekeeper gatekeeper) {
        this.upgrade = upgrade;
        this.gatekeeper = gatekeeper;
    }

    @Override
    public String supportedProtocol() {
        return upgrade.protocol();
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> written) {
        boolean asked = prologue.method().text().equals("GET")
                && prologue.uriPath().rawPath().equals(upgrade.path())
                && written.containsToken(UPGRADE);
        if (!asked) {
            return null;
        }
        Headers headers = Incoming.headers(written);
        if (upgrade.refusal().apply(headers).isPresent()) {
            return null;
        }
        return admitted(context, headers)
                .map(caller -> switched(context, caller, headers))
                .orElse(null);
    }

    private Optional<Caller> admitted(ConnectionContext context, Headers headers) {
        String id = RequestIds.orNew(headers.first(RequestIds.HEADER).orElse(""));
        try {
            return Optional.of(gatekeeper.admit(context.remotePeer().address(), headers, upgrade.access(), id));
        } catch (GenieException e) {
            return Optional.empty();
        }
    }

    private ServerConnection switched(ConnectionContext context, Caller caller, Headers headers) {
        Wire wire = Wire.CURRENT.get();
        String head = "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: " + upgrade.protocol()
                + "\r\n" + RequestIds.HEADER + ": " + caller.requestId() + "\r\n\r\n";
        wire.writer().writeNow(BufferData.create(head.getBytes(StandardCharsets.US_ASCII)));
        EdgeStream stream = new EdgeStream(context.serverSocket(), wire);
        wire.upgraded(stream::close);
        return new UpgradedConnection(upgrade.handler(), caller, headers, stream);
    }
}
