package dev.geniehive.control.hive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hive at one moment. Immutable.
 *
 * <p>Each is made from the one before by a {@link Draft}, and shares with it all that has not changed. What is asked by
 * name or id is found at once, however large the hive is; the views that are sorted are made when somebody reads them,
 * once for each snapshot.
 */
public final class HiveSnapshot {
    /** Nobody is there. */
    public static final HiveSnapshot EMPTY =
            new HiveSnapshot(0, Trie.empty(), Trie.empty(), Trie.empty(), Trie.empty());

    private final long version;
    private final Trie<Host> hosts;
    private final Trie<Service> services;
    private final Trie<Name> names;
    private final Trie<Integer> queues;
    private volatile @Nullable SortedMap<String, List<Offer>> sortedNames;

    /**
     * @param version grows by one with every change
     * @param hosts by id
     * @param services those of hosts that are not lost, by id
     * @param names by themselves
     * @param queues how often each is served
     */
    HiveSnapshot(long version, Trie<Host> hosts, Trie<Service> services, Trie<Name> names, Trie<Integer> queues) {
        this.version = version;
        this.hosts = hosts;
        this.services = services;
        this.names = names;
        this.queues = queues;
    }

    /** {@return a number that grows by one with every change} */
    public long version() {
        return version;
    }

    /** {@return the hosts by id, sorted} */
    public SortedMap<String, Host> hosts() {
        return hosts.sorted();
    }

    /** {@return a host that is known} */
    public Optional<Host> host(String id) {
        return Optional.ofNullable(hosts.get(id));
    }

    /** {@return how many hosts are known} */
    public int size() {
        return hosts.size();
    }

    /** {@return all hosts, in no order} */
    Collection<Host> everyHost() {
        Collection<Host> all = new ArrayList<>(hosts.size());
        hosts.forEach((id, host) -> all.add(host));
        return all;
    }

    /** {@return the services of hosts that are not lost, by id, sorted} */
    public SortedMap<String, Service> services() {
        return services.sorted();
    }

    /** {@return a service of a host that is not lost} */
    public Optional<Service> service(String id) {
        return Optional.ofNullable(services.get(id));
    }

    /** {@return who serves each name, whatever their health and that of their hosts, in the order of their ids; sorted} */
    public SortedMap<String, List<Offer>> names() {
        SortedMap<String, List<Offer>> sorted = sortedNames;
        if (sorted == null) {
            SortedMap<String, List<Offer>> served = new TreeMap<>();
            names.forEach((name, known) -> {
                if (!known.offers().isEmpty()) {
                    served.put(name, known.offers());
                }
            });
            sorted = Collections.unmodifiableSortedMap(served);
            sortedNames = sorted;
        }
        return sorted;
    }

    /** {@return since when a name is known that an engine or an operator gave} */
    public Optional<Instant> firstSeen(String name) {
        return Optional.ofNullable(names.get(name))
                .filter(known -> known.mentions() > 0)
                .map(Name::since);
    }

    /** {@return the queues that any service says it works on, whatever its health and that of its host} */
    public Set<String> queues() {
        Set<String> all = new HashSet<>();
        queues.forEach((name, count) -> all.add(name));
        return Set.copyOf(all);
    }

    /** {@return whether any service says that it works on a queue, whatever its health and that of its host} */
    public boolean isServed(String queue) {
        return queues.get(queue) != null;
    }

    /**
     * {@return who serves a name, whatever their health and that of their hosts; empty if nobody does} A name and a
     * quantisation, {@code qwen@Q4_K_M}, is a name as well.
     */
    public Offers offers(String name) {
        Offers offers = named(name);
        int at = offers.isEmpty() ? name.lastIndexOf('@') : 0;
        return at > 0 ? quantized(name.substring(0, at), name.substring(at + 1)) : offers;
    }

    /** {@return who serves this very name, whatever their health and that of their hosts; empty if nobody does} */
    public Offers named(String name) {
        Name known = names.get(name);
        return known == null ? Offers.of(List.of()) : known.offers();
    }

    private Offers quantized(String name, String quantization) {
        return Offers.of(Identity.told(named(name).stream()
                .filter(offer -> offer.asset()
                        .quantization()
                        .filter(quantization::equalsIgnoreCase)
                        .isPresent())
                .map(offer -> offer.meant(true))
                .toList()));
    }

    /** {@return every model of every service, whatever their health and that of their hosts, in the order of ids} */
    public Stream<Offer> assets() {
        return hosts().values().stream().flatMap(Host::assets);
    }

    /**
     * {@return the ids of the hosts that are not the same as in another snapshot, or only in one of both} What that costs
     * grows with them, and not with the hive, where one snapshot came from the other by a few changes.
     */
    public SortedSet<String> changedSince(HiveSnapshot other) {
        return new TreeSet<>(hosts.differing(other.hosts));
    }

    /** Begins the next one. */
    Draft draft(Instant now) {
        return new Draft(this, new Draft.Parts(hosts, services, names, queues), now);
    }
}
