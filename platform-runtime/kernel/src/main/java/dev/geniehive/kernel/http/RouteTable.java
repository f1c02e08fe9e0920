package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.app.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/** The routes of all owners. Readers see one immutable tree at a time; a change builds the next one. */
final class RouteTable implements Routes {
    private final ReentrantLock changing = new ReentrantLock();
    private final SequencedMap<String, List<AppRoute>> owners = new LinkedHashMap<>();
    private volatile RouteTree tree = RouteTree.EMPTY;

    @Override
    public List<String> publish(String owner, List<AppRoute> routes) {
        changing.lock();
        try {
            List<String> refusals = new ArrayList<>();
            List<AppRoute> accepted = new ArrayList<>();
            Map<String, String> taken = takenByOthers(owner);
            for (AppRoute route : routes) {
                String key = RouteTree.key(route);
                String holder = taken.putIfAbsent(key, owner);
                if (holder == null) {
                    accepted.add(route);
                } else {
                    refusals.add("%s %s of '%s' is refused: '%s' has it already"
                            .formatted(route.route().method(), route.route().pattern(), owner, holder));
                }
            }
            owners.remove(owner);
            if (!accepted.isEmpty()) {
                owners.put(owner, List.copyOf(accepted));
            }
            tree = RouteTree.of(owners.values().stream().flatMap(List::stream).toList());
            return refusals;
        } finally {
            changing.unlock();
        }
    }

    private Map<String, String> takenByOthers(String owner) {
        Map<String, String> taken = new LinkedHashMap<>();
        owners.forEach((other, routes) -> {
            if (!other.equals(owner)) {
                routes.forEach(route -> taken.put(RouteTree.key(route), other));
            }
        });
        return taken;
    }

    /** {@return what answers a path, whatever the method} */
    Optional<RouteTree.Match> find(RequestPath path) {
        return tree.find(path);
    }
}
