package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hive at one moment. Immutable.
 *
 * @param version grows by one with every change
 * @param hosts by id, sorted
 * @param services those of hosts that are not lost, by id, sorted
 * @param names who serves each name, whatever their health and that of their hosts, in the order of their ids; sorted
 * @param firstSeen since when each name is known
 * @param queues those that any service says it works on, whatever its health and that of its host
 */
public record HiveSnapshot(
        long version,
        SortedMap<String, Host> hosts,
        SortedMap<String, Service> services,
        SortedMap<String, List<Offer>> names,
        Map<String, Instant> firstSeen,
        Set<String> queues) {
    private static final String IMPLIED_TAG = ":latest";

    /** Nobody is there. */
    public static final HiveSnapshot EMPTY = of(0, new TreeMap<>(), Map.of());

    static HiveSnapshot of(long version, SortedMap<String, Host> hosts, Map<String, Instant> firstSeen) {
        SortedMap<String, Service> services = new TreeMap<>();
        SortedMap<String, Service> known = new TreeMap<>();
        SortedMap<String, List<Offer>> names = new TreeMap<>();
        for (Host host : hosts.values()) {
            for (Service service : host.services()) {
                known.put(service.id(), service);
                if (host.online()) {
                    services.put(service.id(), service);
                }
            }
        }
        known.values().forEach(service -> index(service, status(hosts, service), names));
        names.replaceAll((name, offers) -> Identity.told(offers));
        return new HiveSnapshot(
                version,
                Collections.unmodifiableSortedMap(hosts),
                Collections.unmodifiableSortedMap(services),
                Collections.unmodifiableSortedMap(names),
                Map.copyOf(firstSeen),
                known.values().stream()
                        .flatMap(service -> service.terms().queues().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Host.Status status(Map<String, Host> hosts, Service service) {
        Host host = hosts.get(service.host());
        return host == null ? Host.Status.LOST : host.status();
    }

    private static void index(Service service, Host.Status host, Map<String, List<Offer>> names) {
        for (Asset asset : service.inventory().assets()) {
            add(names, asset.id(), new Offer(service, asset, Offer.Kind.ASSET, host));
            if (asset.id().endsWith(IMPLIED_TAG)) {
                String bare = asset.id().substring(0, asset.id().length() - IMPLIED_TAG.length());
                add(names, bare, new Offer(service, asset, Offer.Kind.IMPLIED, host));
            }
            service.terms().aliases().forEach((alias, target) -> {
                if (target.equals(asset.id())) {
                    add(names, alias, new Offer(service, asset, Offer.Kind.ALIAS, host));
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

    /**
     * {@return who serves a name, whatever their health and that of their hosts; empty if nobody does} A name and a
     * quantisation, {@code qwen@Q4_K_M}, is a name as well.
     */
    public List<Offer> offers(String name) {
        List<Offer> offers = names.get(name);
        int at = name.lastIndexOf('@');
        return offers != null ? offers : at > 0 ? quantized(name.substring(0, at), name.substring(at + 1)) : List.of();
    }

    private List<Offer> quantized(String name, String quantization) {
        return Identity.told(names.getOrDefault(name, List.of()).stream()
                .filter(offer -> offer.asset()
                        .quantization()
                        .filter(quantization::equalsIgnoreCase)
                        .isPresent())
                .map(offer -> offer.meant(true))
                .toList());
    }

    /** {@return every model of every service, whatever their health and that of their hosts, in the order of ids} */
    public Stream<Offer> assets() {
        return hosts.values().stream()
                .flatMap(host -> host.services().stream()
                        .flatMap(service -> service.inventory().assets().stream()
                                .map(asset -> new Offer(service, asset, Offer.Kind.ASSET, host.status()))));
    }
}
