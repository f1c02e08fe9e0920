package dev.geniehive.control.hive;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The next snapshot in the making. Exchanges what has changed about single hosts, and leaves everything else as it is:
 * what a change costs grows with what the host has. Used under the lock of the hive, once.
 */
final class Draft {
    private final HiveSnapshot before;
    private final Parts parts;
    private final Instant now;
    private Trie<Host> hosts;
    private Trie<Service> services;
    private Trie<Name> names;
    private Trie<Integer> queues;
    private final Map<String, Naming> touched = new HashMap<>();
    private final Map<String, Service> changed = new HashMap<>();
    private final Set<String> gone = new HashSet<>();

    /** What a snapshot consists of. */
    record Parts(Trie<Host> hosts, Trie<Service> services, Trie<Name> names, Trie<Integer> queues) {}

    Draft(HiveSnapshot before, Parts parts, Instant now) {
        this.before = before;
        this.parts = parts;
        this.now = now;
        this.hosts = parts.hosts();
        this.services = parts.services();
        this.names = parts.names();
        this.queues = parts.queues();
    }

    /** {@return a host as it is in the draft; null if it is not known} */
    @Nullable
    Host host(String id) {
        return hosts.get(id);
    }

    /** Puts a host in the place of the one that has its id. */
    void put(Host host) {
        Host known = hosts.get(host.id());
        if (!host.equals(known)) {
            hosts = hosts.with(host.id(), host);
            exchange(byId(known), status(known), byId(host), host.status());
        }
    }

    void remove(String id) {
        Host known = hosts.get(id);
        if (known != null) {
            hosts = hosts.without(id);
            exchange(byId(known), known.status(), Map.of(), Host.Status.LOST);
        }
    }

    /** {@return the services that are new, or not as they were} */
    Iterable<Service> changed() {
        return changed.values();
    }

    /** {@return the ids of services that are not there any more} */
    Set<String> gone() {
        return gone;
    }

    /** {@return the next snapshot; the one before if nothing has changed} */
    @SuppressWarnings("ReferenceEquality") // each change makes another map
    HiveSnapshot done() {
        if (hosts == parts.hosts()) {
            return before;
        }
        touched.forEach((name, naming) -> {
            Name next = naming.done(now);
            names = next == null ? names.without(name) : names.with(name, next);
        });
        return new HiveSnapshot(before.version() + 1, hosts, services, names, queues);
    }

    private static Host.Status status(@Nullable Host host) {
        return host == null ? Host.Status.LOST : host.status();
    }

    private static Map<String, Service> byId(@Nullable Host host) {
        Map<String, Service> services = new LinkedHashMap<>();
        if (host != null) {
            host.services().forEach(service -> services.put(service.id(), service));
        }
        return services;
    }

    private void exchange(Map<String, Service> known, Host.Status was, Map<String, Service> reported, Host.Status is) {
        known.forEach((id, service) -> {
            if (!reported.containsKey(id)) {
                withdraw(service, was);
                gone.add(id);
                changed.remove(id);
                services = services.without(id);
            }
        });
        reported.forEach((id, service) -> {
            Service before = known.get(id);
            if (was != is || !service.equals(before)) {
                offer(before, was, service, is);
            }
        });
    }

    private void offer(@Nullable Service known, Host.Status was, Service service, Host.Status is) {
        String id = service.id();
        services = is == Host.Status.LOST ? services.without(id) : services.with(id, service);
        gone.remove(id);
        changed.put(id, service);
        Map<String, List<Offer>> offers = Naming.offers(service, is);
        if (known != null) {
            Naming.offers(known, was).keySet().forEach(name -> {
                if (!offers.containsKey(name)) {
                    naming(name).exchange(id, List.of());
                }
            });
            count(known, -1);
        }
        offers.forEach((name, own) -> naming(name).exchange(id, own));
        count(service, 1);
    }

    private void withdraw(Service service, Host.Status was) {
        Naming.offers(service, was).keySet().forEach(name -> naming(name).exchange(service.id(), List.of()));
        count(service, -1);
    }

    /** Counts the names that a service gives and the queues that it works on. */
    private void count(Service service, int more) {
        service.inventory().assets().forEach(asset -> naming(asset.id()).mention(more));
        service.terms().aliases().keySet().forEach(alias -> naming(alias).mention(more));
        for (String queue : service.terms().queues()) {
            Integer times = queues.get(queue);
            int left = (times == null ? 0 : times) + more;
            queues = left == 0 ? queues.without(queue) : queues.with(queue, left);
        }
    }

    private Naming naming(String name) {
        return touched.computeIfAbsent(name, unknown -> new Naming(names.get(unknown)));
    }
}
