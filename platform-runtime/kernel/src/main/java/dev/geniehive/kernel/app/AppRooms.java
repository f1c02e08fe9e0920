package dev.geniehive.kernel.app;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.config.ConfigWatcher;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.plugin.Extensions;
import dev.geniehive.kernel.plugin.PluginInfo;
import dev.geniehive.kernel.plugin.Plugins;
import dev.geniehive.kernel.upstream.Upstreams;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the apps of this process are lent: the kernel's rooms. */
final class AppRooms implements AppContext {
    private static final String FIRST_PARTY = "dev.geniehive.plugin.";

    private final Launch launch;
    private final int port;
    private final ConfigWatcher configuration;
    private final Plugins plugins;
    private final Upstreams upstreams;
    private final Meters meters;
    private final Routes routes;
    private final SharedKeys keys;
    private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

    AppRooms(
            Launch launch,
            int port,
            ConfigWatcher configuration,
            Plugins plugins,
            Upstreams upstreams,
            Meters meters,
            Routes routes,
            SharedKeys keys) {
        this.launch = launch;
        this.port = port;
        this.configuration = configuration;
        this.plugins = plugins;
        this.upstreams = upstreams;
        this.meters = meters;
        this.routes = routes;
        this.keys = keys;
    }

    @Override
    public Configuration config() {
        return configuration.current();
    }

    @Override
    public Path home() {
        return launch.home();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Extensions extensions() {
        return plugins.extensions();
    }

    @Override
    public List<PluginInfo> plugins() {
        return plugins.list();
    }

    /** Our own plugins go by the last word of their id in the configuration, others by all of it. */
    @Override
    public ExtensionContext extensionContext(String plugin) {
        String section = plugin.startsWith(FIRST_PARTY) ? plugin.substring(FIRST_PARTY.length()) : plugin;
        ConfigView view = configuration.current().plugin(section);
        return () -> view;
    }

    @Override
    public Upstreams upstreams() {
        return upstreams;
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Ticker ticker() {
        return Ticker.system();
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public void admit(Keys more) {
        keys.admit(more);
    }

    @Override
    public <T> void share(Class<T> type, T thing) {
        shared.put(type, thing);
    }

    @Override
    public <T> Optional<T> shared(Class<T> type) {
        return Optional.ofNullable(shared.get(type)).map(type::cast);
    }
}
