package dev.geniehive.kernel.app;

import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.http.Upgrade;
import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.plugin.Extensions;
import dev.geniehive.kernel.plugin.PluginInfo;
import dev.geniehive.kernel.upstream.Upstreams;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the kernel lends to an app for as long as it runs. Safe for use by many threads at once. */
public interface AppContext {
    /** {@return the whole configuration as it is now} */
    Configuration config();

    /** {@return the folder that this process keeps its files in} */
    Path home();

    /** {@return the version of the distribution, for people} */
    String version();

    /** {@return where this process is found, once it listens} */
    URI address();

    /** {@return the port that this process listens on, 0 if any will do; not to be taken for an engine} */
    int port();

    /** {@return what the plugins offer} */
    Extensions extensions();

    /** {@return the list of plugins as the operator sees it} */
    List<PluginInfo> plugins();

    /** {@return what a plugin is lent while it makes an extension that needs nothing more} */
    ExtensionContext extensionContext(String plugin);

    /** {@return the ways to engines} */
    Upstreams upstreams();

    /** {@return where the bodies of requests are held} */
    Bodies bodies();

    Meters meters();

    /** {@return where routes are published that come and go} */
    Routes routes();

    /** Offers a protocol that connections can be switched to, for as long as this process runs. */
    void offer(Upgrade upgrade);

    Ticker ticker();

    /** {@return the wall clock, for times that people read} */
    InstantSource clock();

    /** Takes more keys than the operator's from now on. They are asked for every request that brings a key. */
    void admit(Keys keys);

    /** Has something done as soon as this process begins to stop, before running requests have ended; must be quick. */
    void onDrain(Runnable listener);

    /** Offers something to the apps that start later. */
    <T> void share(Class<T> type, T thing);

    /** {@return what an app that started earlier offers} */
    <T> Optional<T> shared(Class<T> type);
}
