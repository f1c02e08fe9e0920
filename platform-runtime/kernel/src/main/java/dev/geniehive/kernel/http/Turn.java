package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.kernel.app.AppRoute;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer, from the route to the last byte. */
final class Turn implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    private final EdgeSettings settings;
    private final EdgeParts parts;
    private final RouteTable routes;
    private final Wire wire;
    private final Incoming incoming;
    private final Outgoing outgoing;
    private final long started;
    private String pattern = EdgeObserver.NO_ROUTE;
    private @Nullable EdgeRequest request;
    private volatile @Nullable Exchange exchange;

    Turn(EdgeSettings settings, EdgeParts parts, RouteTable routes, Wire wire, Incoming incoming, Outgoing outgoing) {
        this.settings = settings;
        this.parts = parts;
        this.routes = routes;
        this.wire = wire;
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.started = parts.ticker().nanos();
    }

    @Override
    public void run() {
        wire.pace().headIsRead();
        wire.busy(this::hangUp, started);
        try {
            send(answer());
            skipRest();
        } finally {
            wire.idle();
            wire.pace().requestIsDone();
            release();
            parts.observer().finished(pattern, outgoing.status(), parts.ticker().nanos() - started, outgoing.bytes());
        }
    }

    private Answer answer() {
        try {
            return routed();
        } catch (GenieException e) {
            return Answer.problem(e.problem());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (InterruptedException e) {
            throw gone(e);
        } catch (RuntimeException | Error e) {
            return Answer.problem(broken(e));
        }
    }

    private Answer routed() throws InterruptedException {
        RequestPath path = RequestPath.of(incoming.rawPath());
        RouteTree.Match match = routes.find(path)
                .orElseThrow(() -> new GenieException(
                        ErrorKind.NOT_FOUND, "Nothing answers at '%s' here.".formatted(path.text())));
        String method = incoming.method();
        AppRoute route = match.byMethod().get(method);
        if (route == null && method.equals("HEAD")) {
            route = match.byMethod().get("GET");
        }
        if (route == null) {
            return otherMethod(match.byMethod(), path);
        }
        pattern = route.route().pattern();
        Headers headers = incoming.headers();
        Caller caller = parts.gatekeeper().admit(incoming.peer(), headers, route.access(), incoming.id());
        Map<String, String> params = RouteTree.params(pattern, path);
        EdgeRequest admitted = new EdgeRequest(incoming, path, params, headers, caller);
        request = admitted;
        return route.route().handler().handle(admitted);
    }

    private Answer otherMethod(SequencedMap<String, AppRoute> byMethod, RequestPath path) {
        SequencedSet<String> allowed = new TreeSet<>(byMethod.keySet());
        allowed.add("OPTIONS");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String allow = String.join(", ", allowed);
        if (incoming.method().equals("OPTIONS")) {
            return Answer.text(204, "", "").with("allow", allow);
        }
        Problem problem = new Problem(
                ErrorKind.METHOD_NOT_ALLOWED,
                "'%s' does not answer %s, but %s.".formatted(path.text(), incoming.method(), allow));
        return Answer.problem(problem).with("allow", allow);
    }

    private void send(Answer answer) {
        try {
            switch (answer) {
                case Answer.Whole whole -> outgoing.send(whole, Headers.NONE);
                case Answer.Relayed relayed -> relay(relayed);
            }
        } catch (CloseConnectionException e) {
            throw e;
        } catch (InterruptedException | IOException e) {
            throw gone(e);
        } catch (RuntimeException | Error e) {
            sendBroken(broken(e));
        }
    }

    private void relay(Answer.Relayed relayed) throws InterruptedException, IOException {
        exchange = relayed.exchange();
        new Relay(relayed, outgoing, wire, settings.timeouts().waitingLine()).run();
    }

    private void sendBroken(Problem problem) {
        if (outgoing.isCommitted()) {
            throw new CloseConnectionException("the answer broke off");
        }
        try {
            outgoing.send(Answer.problem(problem), Headers.NONE);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private Problem broken(Throwable cause) {
        log.error("Request {} to {} failed inside", incoming.id(), pattern, cause);
        return new Problem(
                ErrorKind.INTERNAL,
                "Something broke inside while answering; the log tells more under '%s'.".formatted(incoming.id()));
    }

    private static CloseConnectionException gone(Exception cause) {
        return new CloseConnectionException("the client is gone, or the server stops", cause);
    }

    private void skipRest() {
        if (!wire.isClosing()) {
            incoming.skipRest();
        }
    }

    /** Called by the watch, on another thread. */
    private void hangUp() {
        Exchange running = exchange;
        if (running != null) {
            running.close();
        }
    }

    private void release() {
        boolean interrupted = Thread.interrupted();
        try {
            hangUp();
            if (request != null) {
                request.release();
            }
        } catch (Exception e) {
            log.warn("Request {} to {} could not be tidied up", incoming.id(), pattern, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
