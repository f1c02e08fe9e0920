package dev.geniehive.control.node;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoredPerformance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what nodes report, behind their backs: a heartbeat never waits for the disk. What changes with every
 * request, busy slots and queues, is not worth it. When the store is away, what it missed is written once it is back.
 */
public final class Saver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Saver.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final int ROUNDS_UNTIL_ALL = 30;

    private final Hive hive;
    private final Store store;
    private final InstantSource clock;
    private final Map<String, List<ServiceReport>> written = new HashMap<>();
    private final Map<Performance, Long> learned = new HashMap<>();
    private Set<String> remembered = Set.of();
    private HiveSnapshot looked = HiveSnapshot.EMPTY;
    private @Nullable Thread thread;

    /** Does nothing by itself before {@link #start}. */
    public Saver(Hive hive, Store store, InstantSource clock) {
        this.hive = hive;
        this.store = store;
        this.clock = clock;
    }

    /** Goes on saving on a virtual thread of its own. */
    public void start() {
        thread = Thread.ofVirtual().name("hive-saver").start(this::run);
    }

    private void run() {
        try {
            for (int round = 1; true; round++) {
                Thread.sleep(save(round % ROUNDS_UNTIL_ALL == 0) ? PAUSE : AFTER_FAILURE);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Writes what has changed since the last time. Called by one thread at a time.
     *
     * @param all also what changes all the time: when nodes were seen, and what was learned
     * @return whether the store took it
     */
    boolean save(boolean all) {
        try {
            saveReports();
            if (all) {
                saveRest();
            }
            return true;
        } catch (GenieException unavailable) {
            log.debug("What nodes reported is not written now", unavailable);
            return false;
        }
    }

    private void saveReports() {
        HiveSnapshot now = hive.snapshot();
        Map<String, List<ServiceReport>> changed = new HashMap<>();
        Set<String> gone = new HashSet<>();
        for (String id : now.changedSince(looked)) {
            now.host(id)
                    .map(Saver::lasting)
                    .ifPresentOrElse(
                            services -> {
                                if (!services.equals(written.get(id))) {
                                    changed.put(id, services);
                                }
                            },
                            () -> gone.add(id));
        }
        if (!changed.isEmpty()) {
            Map<String, String> texts = new HashMap<>();
            changed.forEach((id, services) ->
                    texts.put(id, ProtocolJson.services(services).toString()));
            store.reports().put(texts, clock.instant());
        }
        written.putAll(changed);
        written.keySet().removeAll(gone);
        looked = now;
    }

    private void saveRest() {
        Map<String, Instant> seen = new HashMap<>();
        hive.snapshot().hosts().keySet().forEach(id -> seen.put(id, hive.lastSeen(id)));
        store.nodes().seen(seen);
        saveLearned();
    }

    /** What has seen nothing since the last time is written already. */
    private void saveLearned() {
        Map<String, Map<String, Performance>> services = hive.performances();
        Map<Performance, Long> seen = new HashMap<>();
        List<StoredPerformance> news = new ArrayList<>();
        services.forEach((service, models) -> models.forEach((model, performance) -> {
            long samples = performance.samples();
            seen.put(performance, samples);
            if (samples > 0 && samples != learned.getOrDefault(performance, 0L)) {
                news.add(
                        new StoredPerformance(service, model, performance.json().toString(), clock.instant()));
            }
        }));
        if (!news.isEmpty()) {
            store.performances().put(news);
        }
        if (!services.keySet().equals(remembered)) {
            store.performances().retain(services.keySet());
            remembered = services.keySet();
        }
        learned.clear();
        learned.putAll(seen);
    }

    private static List<ServiceReport> lasting(Host host) {
        return host.services().stream().map(Saver::lasting).toList();
    }

    /** {@return what stays the same for longer than a request} */
    private static ServiceReport lasting(Service service) {
        Inventory inventory = service.inventory();
        return new ServiceReport(
                service.name(),
                service.engine(),
                new Reach.Link(),
                service.terms(),
                inventory.load(inventory.slots().map(slots -> new Slots(slots.total(), 0)), OptionalInt.empty()),
                0);
    }

    /** Saves for the last time. */
    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(5));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        save(true);
    }
}
