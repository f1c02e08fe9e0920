package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Headers;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that speaks another protocol until its end. */
final class UpgradedConnection implements ServerConnection {
    private static final Logger log = LoggerFactory.getLogger(UpgradedConnection.class);

    private final Upgrade.Handler handler;
    private final Caller caller;
    private final Headers headers;
    private final EdgeStream stream;

    UpgradedConnection(Upgrade.Handler handler, Caller caller, Headers headers, EdgeStream stream) {
        this.handler = handler;
        this.caller = caller;
        this.headers = headers;
        this.stream = stream;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try (stream) {
            handler.run(caller, headers, stream);
        } catch (IOException e) {
            log.debug("The connection of {} ended: {}", caller.principal(), e.getMessage());
        } catch (RuntimeException e) {
            log.error("The connection of {} failed inside", caller.principal(), e);
        }
        throw new CloseConnectionException("it is over");
    }

    /** The idle reaper leaves it alone. */
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    /** At the beginning of a drain it goes on; {@link Watchdog} ends it when nobody needs it any more. */
    @Override
    public void close(boolean interrupt) {
        if (interrupt) {
            stream.close();
        }
    }
}
