package dev.geniehive.kernel.plugin;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.GpuReading;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.api.spi.GpuProbe;
import dev.geniehive.kernel.app.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A plugin room on a temporary folder, with a clock that tests turn, as one of the rooms would use it. */
final class Room implements AutoCloseable {
    final Path bundled;
    final Path mine;
    final Path work;
    final AtomicLong clock = new AtomicLong();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final Plugins plugins;

    Room(Path root) {
        this(root, settings -> settings);
    }

    Room(Path root, UnaryOperator<PluginSettings> change) {
        bundled = root.resolve("bundled");
        mine = root.resolve("mine");
        work = root.resolve("work");
        PluginSettings settings = PluginSettings.defaults(List.of(bundled, mine), work, "0.1.0");
        Ticker ticker = clock::get;
        plugins = new Plugins(change.apply(settings), this::observe, ticker);
    }

    private void observe(String plugin, String extension, long nanos, boolean failed) {
        calls.add("%s %s %s".formatted(plugin, extension, failed ? "failed" : "worked"));
    }

    Room started() throws InterruptedException {
        plugins.start();
        return this;
    }

    PluginInfo info(String id) {
        return plugins.list().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '%s' in %s".formatted(id, plugins.list())));
    }

    /** What is wrong with a plugin, as an operator reads it. */
    List<String> problems(String id) {
        return info(id).problems().stream().map(PluginProblem::toString).toList();
    }

    Provided<GpuProbe, ExtensionContext> offer(String name) {
        return plugins.extensions().named(ExtensionPoint.GPU_PROBE, name).orElseThrow();
    }

    ExtensionPoint<GpuProbe, ExtensionContext> offerPoint() {
        return ExtensionPoint.GPU_PROBE;
    }

    Lent<GpuProbe> probe(String name) {
        return probe(name, Optional::empty);
    }

    /** A probe whose plugin gets to hear what this supplier says, while it reads. */
    Lent<GpuProbe> probe(String name, Supplier<Optional<String>> say) {
        return offer(name).create(() -> new Config(say));
    }

    String read(String name) throws InterruptedException {
        return read(probe(name));
    }

    static String read(Lent<GpuProbe> probe) throws InterruptedException {
        return probe.call(Room::reason);
    }

    static String reason(GpuProbe probe) {
        return probe.read() instanceof GpuReading.Absent absent
                ? absent.reason().strip()
                : "present";
    }

    @Override
    public void close() {
        plugins.close();
    }

    /** Knows strings only, all the same one. */
    record Config(Supplier<Optional<String>> say) implements ConfigView {
        @Override
        public Optional<String> string(String key) {
            return say.get();
        }

        @Override
        public Json json(String key) {
            return Json.nothing();
        }

        @Override
        public OptionalInt integer(String key) {
            return OptionalInt.empty();
        }

        @Override
        public Optional<Boolean> bool(String key) {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> duration(String key) {
            return Optional.empty();
        }

        @Override
        public OptionalLong bytes(String key) {
            return OptionalLong.empty();
        }

        @Override
        public List<String> strings(String key) {
            return List.of();
        }

        @Override
        public ConfigView section(String key) {
            return this;
        }

        @Override
        public List<ConfigView> sections(String key) {
            return List.of();
        }

        @Override
        public List<String> keys() {
            return List.of();
        }

        @Override
        public void reject(String key, String why) {
            throw new IllegalStateException(why);
        }
    }
}
