package dev.geniehive.protocol;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words between control plane and node as JSON, as they go over HTTP.
 *
 * <p>All readers throw a {@link GenieException} of kind {@code INVALID_REQUEST} that names the member which is missing or
 * not as it should be. Members that are not known are passed over.
 */
public final class ProtocolJson {
    /** The version that is spoken here. It grows when a message would be misunderstood by an older peer. */
    public static final int VERSION = 1;

    /** How many services one node may have. */
    public static final int MAX_SERVICES = 256;

    /** How many labels one node may have. */
    public static final int MAX_LABELS = 64;

    private static final int MAX_MESSAGES = 1024;
    private static final long MAX_MILLIS = Duration.ofDays(1).toMillis();

    private ProtocolJson() {}

    public static Json.Obj of(Registration registration) {
        return Json.object()
                .put("protocol", VERSION)
                .putIfPresent("node_id", registration.nodeId())
                .put("name", registration.name())
                .put("nonce", registration.nonce())
                .put("version", registration.version())
                .put("labels", ServiceJson.strings(registration.labels()))
                .put("platform", of(registration.platform()));
    }

    public static Registration registration(Json json) {
        Members from = versioned(json);
        return new Registration(
                from.has("node_id") ? Optional.of(from.name("node_id")) : Optional.empty(),
                from.name("name"),
                from.string("nonce", ""),
                from.string("version", ""),
                from.map("labels", MAX_LABELS),
                platform(from.object("platform")));
    }

    public static Json.Obj of(Platform platform) {
        return Json.object()
                .put("os", platform.os())
                .put("arch", platform.arch())
                .put("cpus", platform.cpus())
                .put("memory_bytes", platform.memoryBytes());
    }

    public static Platform platform(Json json) {
        return platform(Members.of("platform", json));
    }

    private static Platform platform(Members from) {
        return new Platform(
                from.string("os"),
                from.string("arch"),
                from.integer("cpus", 1),
                from.optionalNumber("memory_bytes", 0).orElse(0));
    }

    /** {@return with the node's key, if there is one: not for logs} */
    public static Json.Obj of(Assignment assignment) {
        return Json.object()
                .put("node_id", assignment.nodeId())
                .putIfPresent("node_key", assignment.nodeKey())
                .put("heartbeat_interval_ms", assignment.heartbeatInterval().toMillis())
                .put("first_heartbeat_ms", assignment.firstHeartbeat().toMillis())
                .put("lost_after_ms", assignment.lostAfter().toMillis())
                .put("control_version", assignment.controlVersion());
    }

    public static Assignment assignment(Json json) {
        Members from = Members.of("", json);
        Duration interval = millis(from, "heartbeat_interval_ms", 1);
        return new Assignment(
                from.name("node_id"),
                from.optionalString("node_key"),
                interval,
                from.has("first_heartbeat_ms") ? millis(from, "first_heartbeat_ms", 0) : interval,
                millis(from, "lost_after_ms", 1),
                from.string("control_version", ""));
    }

    public static Json.Obj of(Heartbeat heartbeat) {
        Json.Obj json = Json.object()
                .put("protocol", VERSION)
                .put("node_id", heartbeat.nodeId())
                .put("generation", heartbeat.generation());
        if (heartbeat.services().isPresent()) {
            json = json.put("services", services(heartbeat.services().get()));
        }
        if (heartbeat.telemetry().isPresent()) {
            json = json.put("telemetry", TelemetryJson.of(heartbeat.telemetry().get()));
        }
        return heartbeat.results().isEmpty()
                ? json
                : json.put(
                        "results",
                        Json.array(heartbeat.results().stream()
                                .map(DirectiveJson::of)
                                .toList()));
    }

    public static Heartbeat heartbeat(Json json) {
        Members from = versioned(json);
        return new Heartbeat(
                from.name("node_id"),
                from.number("generation", 0, Long.MAX_VALUE),
                from.has("services") ? Optional.of(services(from)) : Optional.empty(),
                from.optionalObject("telemetry").map(TelemetryJson::read),
                from.list("results", MAX_MESSAGES, DirectiveJson::result));
    }

    public static Json.Obj of(HeartbeatAnswer answer) {
        return Json.object()
                .put("heartbeat_interval_ms", answer.heartbeatInterval().toMillis())
                .put("resend", answer.resend())
                .put(
                        "directives",
                        Json.array(answer.directives().stream()
                                .map(DirectiveJson::of)
                                .toList()))
                .put("acknowledged", Json.strings(answer.acknowledged()));
    }

    public static HeartbeatAnswer heartbeatAnswer(Json json) {
        Members from = Members.of("", json);
        return new HeartbeatAnswer(
                millis(from, "heartbeat_interval_ms", 1),
                from.bool("resend", false),
                from.list("directives", MAX_MESSAGES, DirectiveJson::directive),
                from.strings("acknowledged", MAX_MESSAGES));
    }

    /** {@return an array of services, without how they are reached} */
    public static Json.Arr services(List<ServiceReport> services) {
        return Json.array(services.stream().map(ServiceJson::of).toList());
    }

    /** {@return services as an array says them; all of them are reached through the link} */
    public static List<ServiceReport> services(Json array) {
        return services(Members.of("", Json.object().put("services", array)));
    }

    public static Json.Obj of(Telemetry telemetry) {
        return TelemetryJson.of(telemetry);
    }

    public static Telemetry telemetry(Json json) {
        return TelemetryJson.read(Members.of("telemetry", json));
    }

    /** {@return labels, sorted} */
    public static Json.Obj labels(Map<String, String> labels) {
        return ServiceJson.strings(labels);
    }

    private static List<ServiceReport> services(Members from) {
        List<ServiceReport> services = from.list("services", MAX_SERVICES, ServiceJson::read);
        Set<String> names = new HashSet<>();
        for (ServiceReport service : services) {
            if (!names.add(service.name())) {
                throw from.invalid(
                        "'services' has '%s' twice; a name stands for one service of a node.".formatted(service.name()),
                        "services");
            }
        }
        return services;
    }

    private static Duration millis(Members from, String name, long least) {
        return Duration.ofMillis(from.number(name, least, MAX_MILLIS));
    }

    private static Members versioned(Json json) {
        Members from = Members.of("", json);
        int spoken = from.integer("protocol", 1);
        if (spoken > VERSION) {
            throw from.invalid(
                    "The node speaks version %d of the protocol, this control plane version %d. Update the control plane first."
                            .formatted(spoken, VERSION),
                    "protocol");
        }
        return from;
    }
}
