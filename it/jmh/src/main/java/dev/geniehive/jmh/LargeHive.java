package dev.geniehive.jmh;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A hive of 10,000 services on 50 hosts, of which some have the name {@code qwen}. */
final class LargeHive {
    static final String NAME = "qwen";
    static final int SLOTS = 4;

    private static final int HOSTS = 50;
    private static final int SERVICES = 10_000;

    private final Hive hive =
            new Hive(System::nanoTime, InstantSource.system(), Duration.ofSeconds(1), Duration.ofSeconds(5));
    private final List<String> nodes = new ArrayList<>();
    private final int named;
    private final boolean slots;
    private long changes;

    /**
     * @param named how many have the name
     * @param slots whether engines say how many requests they work on at once
     */
    LargeHive(int named, boolean slots) {
        this.named = named;
        this.slots = slots;
        for (int host = 0; host < HOSTS; host++) {
            nodes.add(hive.register(new Registration(
                            Optional.empty(),
                            "host" + host,
                            "",
                            "0",
                            Map.of(),
                            new Platform("Linux 6", "amd64", 8, 1024)))
                    .nodeId());
            report(host, 0);
        }
        if (hive.snapshot().services().size() != SERVICES || offers().size() != named) {
            throw new IllegalStateException("%d services, %d with the name"
                    .formatted(hive.snapshot().services().size(), offers().size()));
        }
    }

    HiveSnapshot now() {
        return hive.snapshot();
    }

    /** Each service with the name has answered before, in 100 to 400 ms. */
    LargeHive seen() {
        Random random = new Random(1);
        for (Offer offer : offers()) {
            Performance performance = offer.performance();
            for (int i = 0; i < 10; i++) {
                performance.firstToken(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100, 400)));
                performance.wrote(100, TimeUnit.SECONDS.toNanos(1));
                performance.succeeded();
            }
        }
        return this;
    }

    /** Another one of the services with the name says that more, or fewer, of its slots are taken. */
    void change() {
        changes++;
        report((int) (changes % Math.min(named, HOSTS)), (int) (changes / named % SLOTS));
    }

    private List<Offer> offers() {
        return hive.snapshot().offers(NAME);
    }

    /** @param busy slots taken, by others, of the first service */
    private void report(int host, int busy) {
        List<ServiceReport> services = new ArrayList<>();
        for (int i = 0; i < SERVICES / HOSTS; i++) {
            int number = i * HOSTS + host;
            Inventory inventory = Inventory.healthy(
                    "1",
                    List.of(Asset.loaded(number < named ? NAME : "other-" + number)),
                    Map.of(Operation.CHAT, "openai"));
            services.add(new ServiceReport(
                    "service" + i,
                    "openai-compatible",
                    new Reach.Direct(URI.create("http://10.0.0.1:8080"), Optional.empty()),
                    Terms.NONE,
                    slots
                            ? inventory.load(Optional.of(new Slots(SLOTS, i == 0 ? busy : 0)), OptionalInt.empty())
                            : inventory,
                    1));
        }
        hive.report(Heartbeat.full(nodes.get(host), changes + 1, services));
    }
}
