package dev.geniehive.agent.report;

import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.DirectiveResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a control plane wants done, and remembers the results until it has them. What it asks for again is done
 * again, except while it is being done. Used by one thread.
 */
final class Errands {
    private static final Logger log = LoggerFactory.getLogger(Errands.class);
    private static final int MAX_RESULTS = 256;

    private final Household household;
    private final Map<String, Map<String, Long>> looking = new HashMap<>();
    private final Map<String, DirectiveResult> results = new LinkedHashMap<>();
    private boolean news;

    Errands(Household household) {
        this.household = household;
    }

    void take(List<Directive> directives) {
        directives.forEach(this::take);
    }

    /** {@return whether there are results that were not told even once} */
    boolean hasNews() {
        if (!looking.isEmpty()) {
            settle();
        }
        return news;
    }

    private void settle() {
        List<String> done = looking.entrySet().stream()
                .filter(entry -> household.lookedSince(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        done.forEach(id -> {
            looking.remove(id);
            tell(new DirectiveResult(id, true, ""));
        });
    }

    /** {@return what the control plane is not known to have been told, oldest first; to be told now} */
    List<DirectiveResult> tell() {
        settle();
        news = false;
        return List.copyOf(results.values());
    }

    void acknowledged(Collection<String> ids) {
        results.keySet().removeAll(ids);
    }

    private void take(Directive directive) {
        if (looking.containsKey(directive.id())) {
            return;
        }
        switch (directive) {
            case Directive.Look look -> look(look);
            case Directive.Unknown unknown -> refuse(unknown);
        }
    }

    private void look(Directive.Look look) {
        Map<String, Long> asked = new HashMap<>(household.looks());
        if (!look.services().isEmpty()) {
            asked.keySet().retainAll(look.services());
        }
        results.remove(look.id());
        looking.put(look.id(), asked);
        household.lookAgain(Set.copyOf(asked.keySet()));
    }

    private void refuse(Directive.Unknown unknown) {
        String why = "This agent is too old for '%s'; update it.".formatted(unknown.kind());
        if (!results.containsKey(unknown.id())) {
            log.warn("The control plane wants '{}' done, which this agent is too old for; update it", unknown.kind());
        }
        tell(new DirectiveResult(unknown.id(), false, why));
    }

    private void tell(DirectiveResult result) {
        news = true;
        results.put(result.id(), result);
        if (results.size() > MAX_RESULTS) {
            results.remove(results.keySet().iterator().next());
        }
    }
}
