package dev.geniehive.kernel.plugin;

import dev.geniehive.kernel.app.Ticker;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Versions that were stopped, watched until the collector has taken them. */
final class Leftovers {
    private final List<Leftover> all = new CopyOnWriteArrayList<>();
    private final ReferenceQueue<ModuleLayer> queue = new ReferenceQueue<>();
    private final Ticker ticker;
    private final Duration heldAfter;

    Leftovers(Ticker ticker, Duration heldAfter) {
        this.ticker = ticker;
        this.heldAfter = heldAfter;
    }

    /** A version that has gone; of the plugin itself only the gate is kept, which knows nobody. */
    record Leftover(
            String id, String version, String file, Gate gate, PhantomReference<ModuleLayer> layer, long since) {}

    void add(Loaded plugin) {
        all.add(new Leftover(
                plugin.id(),
                plugin.version(),
                plugin.archive().file(),
                plugin.gate(),
                new PhantomReference<>(plugin.layer(), queue),
                ticker.nanos()));
    }

    /** {@return those that are still there} */
    List<Leftover> remaining() {
        all.removeIf(leftover -> leftover.layer().refersTo(null));
        return List.copyOf(all);
    }

    /** {@return what to say about one; empty as long as it is nothing special} */
    Optional<String> note(Leftover leftover) {
        long inside = leftover.gate().inside();
        if (inside > 0) {
            return Optional.of("version %s is finishing %d %s"
                    .formatted(leftover.version(), inside, inside == 1 ? "call" : "calls"));
        }
        return ticker.nanos() - leftover.since() < heldAfter.toNanos()
                ? Optional.empty()
                : Optional.of("version %s still held".formatted(leftover.version()));
    }
}
