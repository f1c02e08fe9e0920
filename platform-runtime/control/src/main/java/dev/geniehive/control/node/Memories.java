package dev.geniehive.control.node;

import dev.geniehive.api.model.Json;
import dev.geniehive.control.hive.Remembered;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoredNode;
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
            return new Platform("", "", 1, 0);
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
