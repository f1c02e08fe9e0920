package dev.geniehive.control.routing;

import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.roles.Role;
import dev.geniehive.control.roles.RoleBook;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The roles of a hive and who fits them. Which models fit changes only with the hive, so it is worked out once for each
 * of its snapshots and not for each request, and anew only for the hosts that have changed. Safe for use by many threads at once.
 */
public final class Stage {
    private final RoleBook book;
    private final Function<String, RankingPolicy> policies;
    private final Map<String, Memo> memos = new ConcurrentHashMap<>();

    /** What was worked out of one role for one snapshot of the hive: by the ids of its hosts, and all together. */
    private record Memo(HiveSnapshot hive, SortedMap<String, Casting> hosts, Cast all) {
        static Memo of(HiveSnapshot hive, Role role) {
            return new Memo(HiveSnapshot.EMPTY, new TreeMap<>(), Cast.of(List.of())).renewed(hive, role);
        }

        Memo renewed(HiveSnapshot now, Role role) {
            SortedMap<String, Casting> next = new TreeMap<>(hosts);
            for (String id : now.changedSince(hive)) {
                now.host(id).ifPresentOrElse(host -> next.put(id, Casting.of(host, role)), () -> next.remove(id));
            }
            return new Memo(now, next, Cast.of(next.values()));
        }
    }

    /**
     * Who can play a role.
     *
     * @param fitting who of those whose models fit may get a request
     * @param unfit the others, and why
     */
    record Cast(Eligibility fitting, List<Verdict.Dropped> unfit) {
        static Cast of(Collection<Casting> hosts) {
            Casting all = Casting.of(hosts);
            return new Cast(new Eligibility(all.fitting(), true), all.unfit());
        }
    }

    /** @param policies the ranking policies, by the names that roles give them */
    public Stage(RoleBook book, Function<String, RankingPolicy> policies) {
        this.book = book;
        this.policies = policies;
    }

    /** {@return a stage without roles} */
    public static Stage empty() {
        return new Stage(RoleBook.EMPTY, name -> {
            throw new IllegalStateException("no role asks for the policy " + name);
        });
    }

    RoleBook book() {
        return book;
    }

    /** {@return the policy of a role, or the one that holds for all} */
    RankingPolicy policy(Role role, RankingPolicy forAll) {
        return role.handling().ranking().map(policies).orElse(forAll);
    }

    /** {@return which models of a hive fit a role of this stage} */
    Cast cast(HiveSnapshot hive, Role role) {
        Memo known = memos.get(role.name());
        if (known != null && known.hive().equals(hive)) {
            return known.all();
        }
        Memo now = known == null ? Memo.of(hive, role) : known.renewed(hive, role);
        memos.put(role.name(), now);
        return now.all();
    }
}
