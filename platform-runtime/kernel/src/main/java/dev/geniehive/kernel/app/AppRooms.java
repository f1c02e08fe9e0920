package dev.geniehive.kernel.app;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.config.ConfigWatcher;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.http.Edge;
import dev.geniehive.kernel.http.Upgrade;
import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.plugin.Extensions;
import dev.geniehive.kernel.plugin.PluginInfo;
import dev.geniehive.kernel.plugin.Plugins;
import dev.geniehive.kernel.upstream.Upstreams;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the apps of this process are lent: the kernel's rooms. */
final class AppRooms implements AppContext {
    private static final String FIRST_PARTY = "dev.geniehive.plugin.";

    private final Launch launch;
    private final int port;
    private final Supplier<URI> address;
    private final Rooms rooms;
    private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

    /** The rooms themselves. */
    record Rooms(
            ConfigWatcher configuration,
            Plugins plugins,
            Upstreams upstreams,
            Bodies bodies,
            Meters meters,
            Edge edge,
            SharedKeys keys,
            List<Runnable> drainListeners) {}

    AppRooms(Launch launch, int port, Supplier<URI> address, Rooms rooms) {
        this.launch = launch;
        this.port = port;
        this.address = address;
        this.rooms = rooms;
    }

    @Override
    public Configuration config() {
        return rooms.configuration().current();
    }

    @Override
    public Path home() {
        return launch.home();
    }

    @Override
    public String version() {
        return launch.version();
    }

    @Override
    public URI address() {
        return address.get();
    }

    @Override
    public Bodies bodies() {
        return rooms.bodies();
    }

    @Override
    public void offer(Upgrade upgrade) {
        rooms.edge().offer(upgrade);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Extensions extensions() {
        return rooms.plugins().extensions();
    }

    @Override
    public List<PluginInfo> plugins() {
        return rooms.plugins().list();
    }

    /** Our own plugins go by the last word of their id in the configuration, others by all of it. */
    @Override
    public ExtensionContext extensionContext(String plugin) {
        String section = plugin.startsWith(FIRST_PARTY) ? plugin.substring(FIRST_PARTY.length()) : plugin;
        ConfigView view = rooms.configuration().current().plugin(section);
        return () -> view;
    }

    @Override
    public Upstreams upstreams() {
        return rooms.upstreams();
    }

    @Override
    public Meters meters() {
        return rooms.meters();
    }

    @Override
    public Routes routes() {
        return rooms.edge().routes();
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
        rooms.keys().admit(more);
    }

    @Override
    public void onDrain(Runnable listener) {
        rooms.drainListeners().add(listener);
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
