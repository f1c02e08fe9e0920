package dev.geniehive.kernel.http;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.app.Routes;
import io.helidon.common.SerializationConfig;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.Http1ConnectionSelectorConfig;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Listens for clients and answers them from its table of routes.
 *
 * <p>Made once, opened once, closed once. Routes may be published before and while it is open.
 */
public final class Edge implements AutoCloseable {
    private static final String UPGRADES = "upgrades";
    private static final Duration NEVER = Duration.ofDays(365);

    /** So long does a request that is not done in time have to tell its client. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final EdgeSettings settings;
    private final EdgeParts parts;
    private final RouteTable routes = new RouteTable();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final List<Upgrade> upgrades = new CopyOnWriteArrayList<>();
    private final Watchdog watchdog;
    private final AtomicReference<@Nullable WebServer> server = new AtomicReference<>();

    public Edge(EdgeSettings settings, EdgeParts parts) {
        this.settings = settings;
        this.parts = parts;
        this.watchdog = new Watchdog(settings.timeouts(), parts.ticker());
    }

    /** Has the libraries loaded that {@link #open} needs, on any thread, and set up what is there once for a process. */
    public static void prepare() {
        HelidonServices.provide();
        WebServer.create(plain().addConnectionSelector(http1(EdgeLimits.defaults(), List.of()))
                .routing(HttpRouting.builder())
                .buildPrototype());
        SerializationConfig.configureRuntime(); // the server does this when it starts
    }

    /** {@return the table of what is answered here} */
    public Routes routes() {
        return routes;
    }

    /** Offers a protocol that connections can be switched to, before it is open. */
    public void offer(Upgrade upgrade) {
        upgrades.add(upgrade);
        routes.publish(UPGRADES, upgrades.stream().map(Edge::withoutUpgrade).toList());
    }

    /** What a request gets to hear that finds the path and is not switched. */
    private static AppRoute withoutUpgrade(Upgrade upgrade) {
        Problem problem = new Problem(
                ErrorKind.INVALID_REQUEST,
                "upgrade_required",
                "'%s' is for connections that switch to %s. Send 'Connection: Upgrade' and 'Upgrade: %s'."
                        .formatted(upgrade.path(), upgrade.protocol(), upgrade.protocol()));
        Answer.Whole answer = Answer.json(426, problem.envelope()).with("upgrade", upgrade.protocol());
        return new AppRoute(
                Route.get(
                        upgrade.path(),
                        request -> upgrade.refusal()
                                .apply(request.headers())
                                .map(Answer::problem)
                                .orElse(answer)),
                upgrade.access());
    }

    /**
     * Starts to listen, and returns once clients can connect.
     *
     * @throws IllegalStateException if the address cannot be bound, or the edge was open before
     */
    public void open() {
        HelidonServices.provide();
        WebServer listener = WebServer.create(config());
        if (!server.compareAndSet(null, listener)) {
            throw new IllegalStateException("it was open before");
        }
        watchdog.start();
        listener.start();
        if (!listener.isRunning()) {
            watchdog.stop();
            throw new IllegalStateException(
                    "Cannot listen on %s:%d. See whether something else listens there, or choose another port with --port."
                            .formatted(settings.host(), settings.port()));
        }
    }

    /** {@return the port it listens on, -1 if it does not} */
    public int port() {
        WebServer listener = server.get();
        return listener == null ? -1 : listener.port();
    }

    /** {@return whether it has begun to stop} */
    public boolean isDraining() {
        return draining.get();
    }

    /**
     * Stops: takes no new connections, ends idle ones, lets running requests finish, and ends those that are still not
     * done after the drain timeout: streams with an error event; what has not ended a second later is cut. Returns when all is over. Harmless when called twice.
     */
    public void drain() {
        if (draining.compareAndSet(false, true)) {
            parts.draining().run();
        }
        watchdog.drain(settings.timeouts().drain());
        WebServer listener = server.get();
        if (listener != null) {
            listener.stop();
        }
        watchdog.stop();
    }

    /** Stops at once; running requests are cut. */
    @Override
    public void close() {
        if (draining.compareAndSet(false, true)) {
            parts.draining().run();
        }
        watchdog.cutAll();
        drain();
    }

    private WebServerConfig config() {
        WebServerConfig.Builder config = plain().host(settings.host())
                .port(settings.port())
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .useNio(settings.tls() != null)
                .writeQueueLength(0)
                .writeBufferSize(0)
                .maxPayloadSize(settings.limits().largestBytes())
                .maxTcpConnections(settings.limits().connections())
                .idleConnectionTimeout(NEVER)
                .idleConnectionPeriod(NEVER)
                .shutdownGracePeriod(settings.timeouts().drain().plus(LAST_WORDS))
                .directHandlers(refusals())
                .errorHandling(errors -> errors.includeEntity(true))
                .addConnectionSelector(
                        new WatchedSelector(http1(settings.limits(), upgraders()), settings, parts, watchdog))
                .routing(HttpRouting.builder().any(new EdgeHandler(settings, parts, routes, draining::get)));
        EdgeTls tls = settings.tls();
        return (tls == null ? config : config.tls(tls(tls))).buildPrototype();
    }

    /** {@return what looks for nothing by itself} */
    private static WebServerConfig.Builder plain() {
        return WebServerConfig.builder()
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false);
    }

    /** Made by hand, so that upgrades can be added to it. */
    private static ServerConnectionSelector http1(EdgeLimits limits, List<Upgrader> upgraders) {
        Http1ConnectionSelectorConfig.Builder http1Selector = Http1ConnectionSelector.builder();
        upgraders.forEach(http1Selector::addUpgrader);
        return http1Selector
                .config(http1 -> http1.maxPrologueLength(limits.requestLineBytes())
                        .maxHeadersSize(limits.headerBytes())
                        .validateRequestHeaders(true)
                        .sendKeepAliveHeader(false)
                        .validatePath(false))
                .build();
    }

    private List<Upgrader> upgraders() {
        return upgrades.stream()
                .map(upgrade -> new Upgrader(upgrade, parts.gatekeeper()))
                .toList();
    }

    private DirectHandlers refusals() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        Refusals ours = new Refusals(parts.observer());
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, ours);
        }
        return handlers.build();
    }

    private static Tls tls(EdgeTls tls) {
        SSLParameters parameters = tls.context().getDefaultSSLParameters();
        parameters.setNeedClientAuth(tls.clientCertificates());
        return Tls.builder().sslContext(tls.context()).sslParameters(parameters).build();
    }
}
