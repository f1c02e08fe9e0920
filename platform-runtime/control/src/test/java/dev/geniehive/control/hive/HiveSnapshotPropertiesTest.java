package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.protocol.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a hive, its snapshot is the one that would be made of its hosts from nothing. */
class HiveSnapshotPropertiesTest {
    private static final int STEPS = 400;
    private static final List<String> MODELS = List.of("qwen", "llama3:latest", "llama3", "phi", "gemma:latest");
    private static final List<String> ALIASES = List.of("fast", "llama3", "gone", "phi");
    private static final List<String> QUEUES = List.of("shared", "review", "night");

    private final HeldHive held = new HeldHive();
    private final Map<String, Instant> seen = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSameAsOneThatIsMadeFromNothing(long seed) {
        Random random = new Random(seed);
        HiveSnapshot before = held.now();
        for (int step = 0; step < STEPS; step++) {
            held.after(Duration.ofMillis(random.nextInt(700)));
            happens(random);
            check(held.now());
            assertThat(held.now().changedSince(before)).isEqualTo(changed(before, held.now()));
            before = held.now();
        }
    }

    private void happens(Random random) {
        String host = "box" + (random.nextBoolean() ? "" : "-" + random.nextInt(4));
        String service = host + "/" + List.of("a", "b", "c").get(random.nextInt(3));
        switch (random.nextInt(12)) {
            case 0 -> held.register(host);
            case 1 -> held.hive().drain(host, random.nextBoolean());
            case 2 -> held.hive().remove(host);
            case 3 -> held.sweep();
            case 4 -> held.hive().suspect(service, ServiceHealth.UNREACHABLE, "nobody listens there");
            case 5 -> {
                held.drop(service);
                held.hive().snapshot().host(host).ifPresent(known -> held.beat(host));
            }
            case 6 -> held.hive().snapshot().host(host).ifPresent(known -> held.beat(host));
            default -> held.has(service, inventory(random), terms(random));
        }
    }

    private static Inventory inventory(Random random) {
        List<Asset> assets = new ArrayList<>();
        for (String model : MODELS) {
            if (random.nextInt(3) == 0) {
                assets.add(asset(random, model));
            }
        }
        return HeldHive.having(assets.toArray(Asset[]::new))
                .load(Optional.of(new Slots(4, random.nextInt(4))), OptionalInt.empty());
    }

    private static Asset asset(Random random, String model) {
        Asset asset = random.nextBoolean() ? Asset.loaded(model) : Asset.installed(model);
        return switch (random.nextInt(4)) {
            case 0 -> asset;
            case 1 -> asset.quantized("Q4_K_M").sized(0, 8_000_000_000L);
            case 2 -> asset.quantized("Q8_0").sized(9_000_000_000L, 8_000_000_000L);
            default -> asset.sized(0, 14_000_000_000L);
        };
    }

    private static Terms terms(Random random) {
        Map<String, String> aliases = new HashMap<>();
        if (random.nextInt(3) == 0) {
            aliases.put(ALIASES.get(random.nextInt(ALIASES.size())), MODELS.get(random.nextInt(MODELS.size())));
        }
        List<String> queues = List.of(QUEUES.get(random.nextInt(QUEUES.size())));
        return new Terms(aliases, random.nextInt(2), random.nextInt(2), OptionalInt.empty(), "lan", queues);
    }

    private void check(HiveSnapshot now) {
        SortedMap<String, Service> services = new TreeMap<>();
        SortedMap<String, Service> known = new TreeMap<>();
        for (Host host : now.hosts().values()) {
            for (Service service : host.services()) {
                known.put(service.id(), service);
                if (host.online()) {
                    services.put(service.id(), service);
                }
            }
        }
        assertThat(now.size()).isEqualTo(now.hosts().size());
        assertThat(now.services()).isEqualTo(services);
        assertThat(now.names()).isEqualTo(names(now, known));
        now.names().forEach((name, offers) -> assertThat(now.offers(name)).isEqualTo(offers));
        Set<String> queues = known.values().stream()
                .flatMap(service -> service.terms().queues().stream())
                .collect(Collectors.toSet());
        assertThat(now.queues()).isEqualTo(queues);
        QUEUES.forEach(queue -> assertThat(now.isServed(queue)).isEqualTo(queues.contains(queue)));
        checkFirstSeen(now, known);
    }

    private void checkFirstSeen(HiveSnapshot now, Map<String, Service> known) {
        Set<String> given = new HashSet<>();
        known.values().forEach(service -> {
            service.inventory().assets().forEach(asset -> given.add(asset.id()));
            given.addAll(service.terms().aliases().keySet());
        });
        seen.keySet().retainAll(given);
        given.forEach(name -> seen.putIfAbsent(name, held.instant()));
        Set<String> all = new TreeSet<>(MODELS);
        all.addAll(ALIASES);
        all.forEach(name -> assertThat(now.firstSeen(name)).isEqualTo(Optional.ofNullable(seen.get(name))));
    }

    private static SortedMap<String, List<Offer>> names(HiveSnapshot now, SortedMap<String, Service> known) {
        SortedMap<String, List<Offer>> names = new TreeMap<>();
        known.values()
                .forEach(service ->
                        index(service, now.host(service.host()).orElseThrow().status(), names));
        names.replaceAll((name, offers) -> Identity.told(offers));
        return names;
    }

    private static void index(Service service, Host.Status host, Map<String, List<Offer>> names) {
        for (Asset asset : service.inventory().assets()) {
            add(names, asset.id(), new Offer(service, asset, Offer.Kind.ASSET, host));
            if (asset.id().endsWith(":latest")) {
                String bare = asset.id().substring(0, asset.id().length() - ":latest".length());
                add(names, bare, new Offer(service, asset, Offer.Kind.IMPLIED, host));
            }
            service.terms().aliases().forEach((alias, target) -> {
                if (target.equals(asset.id())) {
                    add(names, alias, new Offer(service, asset, Offer.Kind.ALIAS, host));
                }
            });
        }
    }

    private static void add(Map<String, List<Offer>> names, String name, Offer offer) {
        List<Offer> offers = names.computeIfAbsent(name, unknown -> new ArrayList<>());
        boolean plainerThere = offers.stream()
                .anyMatch(other -> other.isSame(offer) && other.kind().compareTo(offer.kind()) <= 0);
        if (!plainerThere) {
            offers.removeIf(offer::isSame);
            offers.add(offer);
        }
    }

    private static Set<String> changed(HiveSnapshot before, HiveSnapshot now) {
        Set<String> ids = new TreeSet<>(before.hosts().keySet());
        ids.addAll(now.hosts().keySet());
        ids.removeIf(id -> before.host(id).equals(now.host(id)));
        return ids;
    }
}
