package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hive at one moment. Immutable.
 *
 * @param version grows by one with every change
 * @param hosts by id, sorted
 * @param services those of hosts that are online, by id, sorted
 * @param names who serves each name, whatever their health, in the order of their ids; sorted
 * @param firstSeen since when each name is known
 */
public record HiveSnapshot(
        long version,
        SortedMap<String, Host> hosts,
        SortedMap<String, Service> services,
        SortedMap<String, List<Offer>> names,
        Map<String, Instant> firstSeen) {
    private static final String IMPLIED_TAG = ":latest";

    /** Nobody is there. */
    public static final HiveSnapshot EMPTY = of(0, new TreeMap<>(), Map.of());

    static HiveSnapshot of(long version, SortedMap<String, Host> hosts, Map<String, Instant> firstSeen) {
        SortedMap<String, Service> services = new TreeMap<>();
        SortedMap<String, List<Offer>> names = new TreeMap<>();
        for (Host host : hosts.values()) {
            if (host.online()) {
                host.services().forEach(service -> services.put(service.id(), service));
            }
        }
        services.values().forEach(service -> index(service, names));
        names.replaceAll((name, offers) -> List.copyOf(offers));
        return new HiveSnapshot(
                version,
                Collections.unmodifiableSortedMap(hosts),
                Collections.unmodifiableSortedMap(services),
                Collections.unmodifiableSortedMap(names),
                Map.copyOf(firstSeen));
    }

    /** {@return whether these hosts are others, or others than they were in more than when they were last heard of} */
    boolean differsFrom(SortedMap<String, Host> others) {
        return !hosts.keySet().equals(others.keySet())
                || !hosts.values().stream()
                        .allMatch(host -> host.isLike(Objects.requireNonNull(others.get(host.id()))));
    }

    /** {@return the same hive, heard of later: same version, same index} */
    HiveSnapshot heardOf(SortedMap<String, Host> sameHosts) {
        return new HiveSnapshot(version, Collections.unmodifiableSortedMap(sameHosts), services, names, firstSeen);
    }

    private static void index(Service service, Map<String, List<Offer>> names) {
        for (Asset asset : service.inventory().assets()) {
            add(names, asset.id(), new Offer(service, asset, Offer.Kind.ASSET));
            if (asset.id().endsWith(IMPLIED_TAG)) {
                String bare = asset.id().substring(0, asset.id().length() - IMPLIED_TAG.length());
                add(names, bare, new Offer(service, asset, Offer.Kind.IMPLIED));
            }
            service.terms().aliases().forEach((alias, target) -> {
                if (target.equals(asset.id())) {
                    add(names, alias, new Offer(service, asset, Offer.Kind.ALIAS));
                }
            });
        }
    }

    /** One name may stand for one model in several ways; then the plainest one counts. */
    private static void add(Map<String, List<Offer>> names, String name, Offer offer) {
        if (name.isBlank()) {
            return;
        }
        List<Offer> offers = names.computeIfAbsent(name, unknown -> new ArrayList<>());
        boolean plainerThere = offers.stream()
                .anyMatch(other -> other.isSame(offer) && other.kind().compareTo(offer.kind()) <= 0);
        if (!plainerThere) {
            offers.removeIf(offer::isSame);
            offers.add(offer);
        }
    }

    /** {@return who serves a name, whatever their health; empty if nobody does} */
    public List<Offer> offers(String name) {
        return names.getOrDefault(name, List.of());
    }
}
