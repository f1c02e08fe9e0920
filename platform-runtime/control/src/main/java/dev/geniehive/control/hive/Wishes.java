package dev.geniehive.control.hive;

import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.DirectiveResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nodes are to see to and have not told the result of. Guarded by the lock of the hive. */
final class Wishes {
    private static final String DOUBT = "";

    private final String prefix;
    private long last;

    /** By host and purpose; the empty purpose is doubt. */
    private final Map<String, Map<String, Directive>> open = new HashMap<>();

    /** @param prefix tells the ids of this process from those of an earlier one */
    Wishes(String prefix) {
        this.prefix = prefix;
    }

    /** {@return the id of a look at all services} */
    String lookAtAll(String host) {
        Directive.Look look = new Directive.Look(nextId(), Set.of());
        of(host).put(look.id(), look);
        return look.id();
    }

    /** What is doubted is asked for under one id until its result is told. */
    void doubt(String host, Set<String> services) {
        if (services.isEmpty()) {
            return;
        }
        boolean asked = of(host).get(DOUBT) instanceof Directive.Look before
                && before.services().equals(services);
        if (!asked) {
            of(host).put(DOUBT, new Directive.Look(nextId(), services));
        }
    }

    List<Directive> of(String host, boolean doubted) {
        Map<String, Directive> wishes = open.getOrDefault(host, Map.of());
        List<Directive> directives = new ArrayList<>(wishes.values());
        if (!doubted) {
            directives.remove(wishes.get(DOUBT));
        }
        return directives;
    }

    boolean isOpen(String host, String id) {
        return open.getOrDefault(host, Map.of()).containsKey(id);
    }

    boolean any(String host) {
        return open.containsKey(host);
    }

    void settle(String host, List<DirectiveResult> results) {
        results.forEach(result -> withdraw(host, result.id()));
    }

    void withdraw(String host, String id) {
        Map<String, Directive> wishes = open.get(host);
        if (wishes != null) {
            wishes.values().removeIf(directive -> directive.id().equals(id));
            if (wishes.isEmpty()) {
                open.remove(host);
            }
        }
    }

    void forget(String host) {
        open.remove(host);
    }

    private Map<String, Directive> of(String host) {
        return open.computeIfAbsent(host, unknown -> new LinkedHashMap<>());
    }

    private String nextId() {
        return prefix + ++last;
    }
}
