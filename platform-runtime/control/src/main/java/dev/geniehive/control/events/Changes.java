package dev.geniehive.control.events;

import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is otherwise in one snapshot than in another; only hosts that have changed are looked at. Pure. */
final class Changes {
    private final HiveSnapshot before;
    private final HiveSnapshot after;
    private final SortedSet<String> changed;
    private final List<Change> found = new ArrayList<>();

    private Changes(HiveSnapshot before, HiveSnapshot after) {
        this.before = before;
        this.after = after;
        this.changed = after.changedSince(before);
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
        for (String id : changed) {
            Optional<Host> was = before.host(id);
            Optional<Host> is = after.host(id);
            if (is.isEmpty()) {
                add("host.removed", id, "Host %s was removed.".formatted(id));
            } else if (was.isEmpty()) {
                add(
                        "host.joined",
                        id,
                        "Host %s is known: %s.".formatted(id, is.get().platform()));
            } else {
                host(id, was.get(), is.get());
            }
        }
    }

    private void host(String id, Host was, Host is) {
        if (was.online() != is.online()) {
            add(
                    is.online() ? "host.online" : "host.lost",
                    id,
                    is.online() ? "Host %s is back.".formatted(id) : "Host %s fell silent.".formatted(id));
        } else if (was.draining() != is.draining()) {
            add(
                    is.draining() ? "host.draining" : "host.resumed",
                    id,
                    is.draining()
                            ? "Host %s gets no new requests.".formatted(id)
                            : "Host %s gets requests again.".formatted(id));
        }
    }

    private void services() {
        for (String id : services(before, after)) {
            Optional<Service> was = before.service(id);
            Optional<Service> is = after.service(id);
            if (is.isPresent()) {
                service(is.get(), was);
            } else if (was.isPresent()) {
                add("service.gone", id, "Service %s is not there any more.".formatted(id));
            }
        }
    }

    private void service(Service is, Optional<Service> was) {
        if (was.isEmpty() || was.get().health() != is.health()) {
            String why = is.reason().isEmpty() ? "." : ": " + is.reason();
            add(
                    "service." + is.health().wireName(),
                    is.id(),
                    "Service %s is %s%s".formatted(is.id(), is.health().wireName(), why));
        }
    }

    /** {@return the ids of the services that the changed hosts have or had, sorted} */
    private SortedSet<String> services(HiveSnapshot... hives) {
        SortedSet<String> ids = new TreeSet<>();
        for (HiveSnapshot hive : hives) {
            changed.forEach(id ->
                    hive.host(id).ifPresent(host -> host.services().forEach(service -> ids.add(service.id()))));
        }
        return ids;
    }

    private void models() {
        for (String model : models(changed, before, after)) {
            Optional<Boolean> was = state(before, model);
            Optional<Boolean> is = state(after, model);
            if (!was.equals(is)) {
                model(model, was, is);
            }
        }
    }

    private void model(String model, Optional<Boolean> was, Optional<Boolean> is) {
        if (is.isEmpty()) {
            add("model.gone", model, "Nobody has the model %s any more.".formatted(model));
        } else if (was.isEmpty()) {
            add(
                    "model.known",
                    model,
                    "The model %s is %s.".formatted(model, is.get() ? "loaded" : "there, not loaded"));
        } else {
            add(
                    is.get() ? "model.loaded" : "model.unloaded",
                    model,
                    is.get()
                            ? "The model %s is loaded.".formatted(model)
                            : "The model %s is loaded nowhere any more.".formatted(model));
        }
    }

    /** {@return the models of which any changed host can now be used for more or less than before, sorted} */
    private static SortedSet<String> models(SortedSet<String> changed, HiveSnapshot before, HiveSnapshot after) {
        SortedSet<String> models = new TreeSet<>();
        for (String id : changed) {
            Map<String, Boolean> were = models(before.host(id));
            Map<String, Boolean> are = models(after.host(id));
            if (!were.equals(are)) {
                models.addAll(were.keySet());
                models.addAll(are.keySet());
            }
        }
        return models;
    }

    /** {@return the models of a host that can be used, and whether any of its services has it loaded} */
    private static Map<String, Boolean> models(Optional<Host> host) {
        Map<String, Boolean> models = new HashMap<>();
        host.filter(known -> known.status() == Host.Status.ONLINE).stream()
                .flatMap(Host::assets)
                .filter(offer -> offer.service().health().usable())
                .forEach(offer -> models.merge(offer.asset().id(), offer.asset().loaded(), Boolean::logicalOr));
        return models;
    }

    /** {@return whether any service that can be used has a model loaded; empty if none has it at all} */
    private static Optional<Boolean> state(HiveSnapshot hive, String model) {
        return hive.named(model).stream()
                .filter(offer -> offer.asset().id().equals(model))
                .filter(offer -> offer.host() == Host.Status.ONLINE)
                .filter(offer -> offer.service().health().usable())
                .map(offer -> offer.asset().loaded())
                .reduce(Boolean::logicalOr);
    }

    private void add(String kind, String subject, String message) {
        found.add(new Change(kind, subject, message));
    }
}
