package dev.geniehive.control.operator;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelPerformance;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Reach;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Hosts and services as the operator's API shows them. Unknown numbers are absent, not zero. */
final class HiveJson {
    private HiveJson() {}

    static Json.Obj list(List<? extends Json> items) {
        return Json.object().put("object", "list").put("data", Json.array(items));
    }

    static Json.Obj host(Host host, Hive hive) {
        Json.Obj labels = Json.object();
        for (var label : new TreeMap<>(host.labels()).entrySet()) {
            labels = labels.put(label.getKey(), label.getValue());
        }
        Json.Obj platform = Json.object()
                .put("os", host.platform().os())
                .put("arch", host.platform().arch());
        if (host.platform().cpus() > 0) {
            platform = platform.put("cpus", host.platform().cpus());
        }
        if (host.platform().memoryBytes() > 0) {
            platform = platform.put("memory_bytes", host.platform().memoryBytes());
        }
        return Json.object()
                .put("id", host.id())
                .put("name", host.name())
                .put("status", host.status().wireName())
                .put("draining", host.draining())
                .put("last_seen", hive.lastSeen(host.id()).toString())
                .put("version", host.version())
                .put("labels", labels)
                .put("platform", platform)
                .put(
                        "telemetry",
                        hive.telemetry(host.id()).map(ProtocolJson::of).orElseGet(Json::object))
                .put("gpus", Json.array(List.of()))
                .put(
                        "services",
                        Json.array(host.services().stream()
                                .map(service -> service(service, host))
                                .toList()));
    }

    /** What a lost host served is known, and nobody answers there. */
    static Json.Obj service(Service service, Host host) {
        Json.Obj json = Json.object()
                .put("id", service.id())
                .put("host", service.host())
                .put("name", service.name())
                .put("engine", service.engine());
        if (!service.inventory().version().isEmpty()) {
            json = json.put("version", service.inventory().version());
        }
        json = json.put("status", (host.online() ? service.health() : ServiceHealth.UNREACHABLE).wireName())
                .put("since", service.since().toString())
                .put("reason", host.online() ? service.reason() : "its host %s is lost".formatted(service.host()))
                .put("operations", operations(service))
                .put("models", models(service))
                .put("aliases", Json.strings(new TreeMap<>(service.terms().aliases()).keySet()))
                .put("in_flight", service.gauge().inFlight());
        if (service.inventory().slots().isPresent()) {
            Slots slots = service.inventory().slots().get();
            json = json.put("slots", Json.object().put("total", slots.total()).put("busy", slots.busy()));
        }
        if (service.inventory().queueDepth().isPresent()) {
            json = json.put("queue_depth", service.inventory().queueDepth().getAsInt());
        }
        json = performing(json, service.gauge().performances().values());
        return json.put("route", service.reach() instanceof Reach.Direct ? "direct" : "link")
                .put("managed", false)
                .put("simulated", service.inventory().simulated())
                .put("priority", service.terms().priority())
                .put("cost", service.terms().cost())
                .put("exposure", service.terms().exposure())
                .put("queues", Json.strings(service.terms().queues()));
    }

    private static Json operations(Service service) {
        return Json.strings(service.inventory().adapters().keySet().stream()
                .sorted()
                .map(Operation::wireName)
                .toList());
    }

    private static Json models(Service service) {
        return Json.array(service.inventory().assets().stream()
                .sorted(Comparator.comparing(Asset::id))
                .map(asset -> model(service, asset))
                .toList());
    }

    private static Json model(Service service, Asset asset) {
        Json.Obj json = Json.object().put("id", asset.id()).put("loaded", asset.loaded());
        if (asset.contextLength().isPresent()) {
            json = json.put("context_length", asset.contextLength().getAsInt());
        }
        json = json.putIfPresent("quantization", asset.quantization())
                .putIfPresent("size_bytes", asset.sizeBytes())
                .putIfPresent("parameters", asset.parameters());
        return performing(json, List.of(service.gauge().performance(asset.id())));
    }

    /** {@return the same with what was seen of the performance, if anything was} */
    private static Json.Obj performing(Json.Obj json, Collection<Performance> performances) {
        ModelPerformance seen = Performance.together(performances);
        return seen.samples() == 0 ? json : json.put("performance", PerformanceJson.of(seen));
    }
}
