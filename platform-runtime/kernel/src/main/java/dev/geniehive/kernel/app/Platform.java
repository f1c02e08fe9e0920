package dev.geniehive.kernel.app;

import dev.geniehive.kernel.access.AdminKey;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.body.BodyLimits;
import dev.geniehive.kernel.config.AccessConfig;
import dev.geniehive.kernel.config.ConfigChange;
import dev.geniehive.kernel.config.ConfigWatcher;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.config.ServerConfig;
import dev.geniehive.kernel.config.TlsConfig;
import dev.geniehive.kernel.http.Edge;
import dev.geniehive.kernel.http.EdgeLimits;
import dev.geniehive.kernel.http.EdgeParts;
import dev.geniehive.kernel.http.EdgeSettings;
import dev.geniehive.kernel.http.EdgeTimeouts;
import dev.geniehive.kernel.http.EdgeTls;
import dev.geniehive.kernel.log.RequestScope;
import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.plugin.PluginSettings;
import dev.geniehive.kernel.plugin.Plugins;
import dev.geniehive.kernel.upstream.Upstreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running process: configuration, plugins, the apps, the listener, in this order; and the other way round at its end.
 */
public final class Platform implements AutoCloseable {
    /** The version of the platform API that plugins are held against. */
    public static final String API_VERSION = "0.1.0";

    private static final Logger log = LoggerFactory.getLogger(Platform.class);

    private final Launch launch;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Runnable> drainListeners = new CopyOnWriteArrayList<>();
    private final List<App> apps;
    private final ServerConfig server;
    private final AdminKey adminKey;
    private final SharedKeys keys;
    private @Nullable Edge edge;

    /**
     * Starts a process and returns once it listens.
     *
     * @throws dev.geniehive.kernel.config.ConfigException if the configuration is not acceptable
     * @throws CannotListenException if something else listens there
     * @throws IllegalStateException if another process has its folder
     */
    public static Platform start(Launch launch) throws InterruptedException {
        Ahead ahead = Ahead.of(launch.apps());
        Configuration configuration = Configuration.load(launch.sources());
        ServerConfig server = ServerConfig.from(configuration);
        AccessConfig access = AccessConfig.from(configuration);
        Platform platform = new Platform(launch, server);
        try {
            platform.run(configuration, access, ahead);
            return platform;
        } catch (InterruptedException | RuntimeException failed) {
            platform.close();
            throw failed;
        }
    }

    private Platform(Launch launch, ServerConfig server) {
        this.launch = launch;
        this.server = server;
        this.apps = launch.apps().stream()
                .sorted(Comparator.comparingInt(App::order))
                .toList();
        this.adminKey = AdminKey.open(launch.home(), launch.environment());
        this.keys = new SharedKeys(adminKey.keys());
    }

    private void run(Configuration configuration, AccessConfig access, Ahead ahead) throws InterruptedException {
        apps.forEach(app -> app.check(configuration));
        configuration.check(); // of plugins, only their own reading tells; that comes below
        launch.rooms().forEach(room -> open(HomeLock.take(room)));
        tryToListen();
        adminKey.notices().forEach(log::warn);
        Meters meters = open(new Meters());
        Upstreams upstreams = open(Upstreams.overSockets());
        Bodies bodies = open(new Bodies(
                launch.work().resolve("spool"),
                BodyLimits.defaults().withMemory(server.limits().bodyMemoryBytes())));
        Plugins plugins = open(new Plugins(
                PluginSettings.defaults(launch.pluginFolders(), launch.work().resolve("run/plugins"), API_VERSION)
                        .drainTimeout(server.drainTimeout()),
                (plugin, call, nanos, failed) -> meters.pluginCalled(plugin, call, !failed, Duration.ofNanos(nanos)),
                Ticker.system()));
        plugins.begin(); // an app that needs them waits; what it opens before, it opens at the same time
        ConfigWatcher watcher = open(new ConfigWatcher(configuration, this::check));
        Edge made = new Edge(settings(), parts(access, bodies));
        edge = made;
        AppRooms rooms = new AppRooms(
                launch,
                server.port(),
                this::address,
                new AppRooms.Rooms(watcher, plugins, upstreams, bodies, meters, made, keys, drainListeners));
        List<AppRoute> routes = new ArrayList<>(new KernelRoutes(this::notReady, meters).routes());
        ahead.awaitApps();
        for (App app : apps) {
            open(app);
            routes.addAll(app.start(rooms));
        }
        plugins.awaitBegun(); // also where no app asked
        configuration.check();
        configuration.notices().forEach(log::info);
        made.routes().publish("platform", routes).forEach(log::error);
        open(made::drain);
        ahead.awaitEdge();
        listen(made);
        watcher.onChange(this::reconfigure);
        watcher.start();
        plugins.watch();
        Thread.ofVirtual().name("jvm-meters").start(meters::tellOfJvm);
        log.info("GenieHive {} listens on {}", launch.version(), address());
    }

    /** Before the apps start: what they do, such as using up a token, should not be in vain. */
    private void tryToListen() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(server.host(), server.port()));
        } catch (IOException refused) {
            throw new CannotListenException(server.host(), server.port(), refused);
        }
    }

    private void listen(Edge made) {
        try {
            made.open();
        } catch (IllegalStateException refused) {
            throw new CannotListenException(server.host(), server.port(), refused);
        }
    }

    /** {@return where clients find it} */
    public URI address() {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        Edge listening = edge;
        int port = listening == null ? server.port() : listening.port();
        return URI.create("%s://%s:%d".formatted(server.tls() == null ? "http" : "https", host, port));
    }

    /** {@return the operator's key} */
    public AdminKey adminKey() {
        return adminKey;
    }

    /** {@return what a person at the terminal wants to know about what runs, a line each} */
    public List<String> summary() {
        return apps.stream().flatMap(app -> app.summary().stream()).toList();
    }

    /** {@return what keeps it from being ready, one sentence each} */
    public List<String> notReady() {
        List<String> reasons = new ArrayList<>();
        if (draining.get()) {
            reasons.add("It is stopping.");
        }
        apps.forEach(app -> reasons.addAll(app.notReady()));
        return reasons;
    }

    /** Lets running requests finish, and stops. Harmless when called twice. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        draining.set(true);
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failed) {
                log.warn("Something did not close properly", failed);
            }
        }
    }

    private <T extends AutoCloseable> T open(T thing) {
        opened.push(thing);
        return thing;
    }

    private void check(Configuration candidate) {
        ServerConfig.from(candidate);
        AccessConfig.from(candidate);
        apps.forEach(app -> app.check(candidate));
    }

    private void reconfigure(ConfigChange change) {
        change.keys().stream()
                .filter(key -> key.startsWith("server.") || key.startsWith("access."))
                .forEach(key -> log.warn("{} changed; that needs a restart", key));
        apps.forEach(app -> app.reconfigure(change.after(), change.keys()));
    }

    private void beginToDrain() {
        draining.set(true);
        drainListeners.forEach(Runnable::run);
    }

    private EdgeSettings settings() {
        EdgeLimits limits = EdgeLimits.defaults();
        EdgeTimeouts timeouts = EdgeTimeouts.defaults();
        EdgeSettings settings = EdgeSettings.plain(server.host(), server.port())
                .with(new EdgeLimits(
                        server.limits().maxBodyBytes(),
                        limits.requestLineBytes(),
                        server.limits().maxHeadersBytes(),
                        server.limits().maxConnections(),
                        server.limits().maxUploadBytes()))
                .with(new EdgeTimeouts(
                        server.drainTimeout(),
                        server.limits().writeTimeout(),
                        timeouts.head(),
                        timeouts.body(),
                        timeouts.idle(),
                        timeouts.waitingLine()));
        TlsConfig tls = server.tls();
        return tls == null ? settings : settings.with(EdgeTls.pem(tls.certificate(), tls.key(), tls.clientCa()));
    }

    private EdgeParts parts(AccessConfig access, Bodies bodies) {
        return new EdgeParts(
                new Doorkeeper(access, keys, server.loopbackOnly()),
                new ClientBodies(bodies),
                (pattern, status, nanos, bytesOut) -> {},
                RequestScope::run,
                this::beginToDrain,
                Ticker.system());
    }
}
