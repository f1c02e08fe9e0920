package dev.geniehive.control.events;

import dev.geniehive.api.model.Asset;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is otherwise in one snapshot than in another. Pure. */
final class Changes {
    private final HiveSnapshot before;
    private final HiveSnapshot after;
    private final List<Change> found = new ArrayList<>();

    private Changes(HiveSnapshot before, HiveSnapshot after) {
        this.before = before;
        this.after = after;
    }

    /** {@return the changes, hosts first, then services, then models; each by its id} */
    static List<Change> between(HiveSnapshot before, HiveSnapshot after) {
        Changes changes = new Changes(before, after);
        changes.hosts();
        changes.services();
        changes.models();
        return List.copyOf(changes.found);
    }

    private void hosts() {
        for (String id : union(before.hosts(), after.hosts())) {
            Host was = before.hosts().get(id);
            Host is = after.hosts().get(id);
            if (is == null) {
                add("host.removed", id, "Host %s was removed.".formatted(id));
            } else if (was == null) {
                add("host.joined", id, "Host %s is known: %s.".formatted(id, is.platform()));
            } else if (was.online() != is.online()) {
                add(
                        is.online() ? "host.online" : "host.lost",
                        id,
                        is.online() ? "Host %s is back.".formatted(id) : "Host %s fell silent.".formatted(id));
            }
        }
    }

    private void services() {
        for (String id : union(before.services(), after.services())) {
            Service was = before.services().get(id);
            Service is = after.services().get(id);
            if (is == null) {
                add("service.gone", id, "Service %s is not there any more.".formatted(id));
            } else if (was == null || was.health() != is.health()) {
                String why = is.reason().isEmpty() ? "." : ": " + is.reason();
                add(
                        "service." + is.health().wireName(),
                        id,
                        "Service %s is %s%s".formatted(id, is.health().wireName(), why));
            }
        }
    }

    private void models() {
        Map<String, Boolean> were = models(before);
        Map<String, Boolean> are = models(after);
        for (String model : union(were, are)) {
            Boolean was = were.get(model);
            Boolean is = are.get(model);
            if (is == null) {
                add("model.gone", model, "Nobody has the model %s any more.".formatted(model));
            } else if (was == null) {
                add("model.known", model, "The model %s is %s.".formatted(model, is ? "loaded" : "there, not loaded"));
            } else if (!was.equals(is)) {
                add(
                        is ? "model.loaded" : "model.unloaded",
                        model,
                        is
                                ? "The model %s is loaded.".formatted(model)
                                : "The model %s is loaded nowhere any more.".formatted(model));
            }
        }
    }

    /** {@return the models of services that can be used, and whether any of these has it loaded} */
    private static Map<String, Boolean> models(HiveSnapshot hive) {
        Map<String, Boolean> models = new HashMap<>();
        for (Service service : hive.services().values()) {
            if (service.health().usable()) {
                for (Asset asset : service.inventory().assets()) {
                    models.merge(asset.id(), asset.loaded(), Boolean::logicalOr);
                }
            }
        }
        return models;
    }

    private void add(String kind, String subject, String message) {
        found.add(new Change(kind, subject, message));
    }

    private static Iterable<String> union(Map<String, ?> one, Map<String, ?> other) {
        TreeSet<String> ids = new TreeSet<>(one.keySet());
        ids.addAll(other.keySet());
        return ids;
    }
}
