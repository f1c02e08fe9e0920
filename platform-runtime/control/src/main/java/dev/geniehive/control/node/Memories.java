package dev.geniehive.control.node;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.control.hive.Learned;
import dev.geniehive.control.hive.Remembered;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoredNode;
import dev.geniehive.store.StoredPerformance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what was written down about nodes. What cannot be understood is left out, and the node tells it anew. */
public final class Memories {
    private static final Logger log = LoggerFactory.getLogger(Memories.class);

    private Memories() {}

    /** {@return all nodes that were known} */
    public static List<Remembered> read(Store store) {
        Map<String, String> reports = store.reports().all();
        return store.nodes().all().stream()
                .map(node -> new Remembered(
                        node.id(),
                        said(node),
                        node.draining(),
                        node.lastSeenAt(),
                        services(node.id(), reports.getOrDefault(node.id(), "[]"))))
                .toList();
    }

    /** {@return what was learned about services} */
    public static List<Learned> learned(Store store, Instant now) {
        List<Learned> learned = new ArrayList<>();
        for (StoredPerformance stored : store.performances().all()) {
            try {
                Duration age = Duration.between(stored.at(), now);
                learned.add(new Learned(
                        stored.service(),
                        stored.model(),
                        Json.parse(stored.numbers()),
                        age.isNegative() ? Duration.ZERO : age));
            } catch (JsonException unreadable) {
                log.warn("What was learned about {} on {} cannot be read", stored.model(), stored.service());
            }
        }
        return learned;
    }

    private static Registration said(StoredNode node) {
        return new Registration(
                Optional.of(node.id()),
                node.name(),
                node.about().nonce(),
                node.about().version(),
                node.about().labels(),
                platform(node));
    }

    private static Platform platform(StoredNode node) {
        try {
            return ProtocolJson.platform(Json.parse(node.about().platform()));
        } catch (RuntimeException unknown) {
            return Platform.UNKNOWN;
        }
    }

    private static List<ServiceReport> services(String node, String text) {
        try {
            return ProtocolJson.services(Json.parse(text));
        } catch (RuntimeException otherVersion) {
            log.warn("What host {} reported last cannot be read; it will tell it anew", node);
            return List.of();
        }
    }
}
