package dev.geniehive.control.routing;

import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.roles.Role;
import dev.geniehive.control.roles.RoleBook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The roles of a hive and who fits them. Which models fit changes only with the hive, so it is worked out once for each
 * of its snapshots and not for each request. Safe for use by many threads at once.
 */
public final class Stage {
    private final RoleBook book;
    private final Function<String, RankingPolicy> policies;
    private volatile Memo memo = new Memo(-1, Map.of());

    /** What was worked out for one version of the hive. */
    private record Memo(long version, Map<String, Casting> castings) {}

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
    Casting casting(HiveSnapshot hive, Role role) {
        Memo now = memo;
        if (now.version() != hive.version()) {
            now = new Memo(hive.version(), new ConcurrentHashMap<>());
            memo = now;
        }
        return now.castings().computeIfAbsent(role.name(), name -> Casting.of(hive, role));
    }
}
