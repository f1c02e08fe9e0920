package dev.geniehive.plugin.embeddings;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.model.Recognition.Recognised;
import dev.geniehive.api.model.Recognition.Stranger;
import dev.geniehive.api.spi.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Knows Text Embeddings Inference. It serves one model, whatever it is asked for, and says of which kind it is. */
final class TeiEngine implements Engine {
    private static final String ADAPTER = "tei";
    private static final String INFO = "/info";
    private static final String WAITING = "te_queue_size ";
    private static final Map<String, Operation> KINDS =
            Map.of("embedding", Operation.EMBEDDING, "reranker", Operation.RERANK);

    /** A model that sorts texts into classes, which nobody here asks for. */
    private static final String CLASSIFIER = "classifier";

    @Override
    public List<Integer> usualPorts() {
        return List.of(3000);
    }

    /** With a key its description is closed, while health and metrics stay open to everybody. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe info = Probe.get(upstream, INFO);
        if (info.ok() && describesItself(info.json())) {
            return new Recognised(Certainty.UNIQUE, version(info.json()));
        }
        return info.wantsKey() && metrics(upstream).lines().anyMatch(line -> line.startsWith("te_"))
                ? new Recognised(Certainty.UNIQUE, "")
                : new Stranger("neither %s nor its metrics are those of TEI".formatted(INFO));
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        Probe info = Probe.get(upstream, INFO);
        if (health.wantsKey() || info.wantsKey()) {
            return Inventory.unhealthy(
                    "It wants a key for %s: set api-key of the service to its --api-key.".formatted(INFO));
        }
        if (!health.ok()) {
            return Inventory.unhealthy("/health answered %d: its backend does not answer.".formatted(health.status()));
        }
        if (!info.ok() || !describesItself(info.json())) {
            return Inventory.unhealthy(
                    "%s answered %d and not what TEI says of itself.".formatted(INFO, info.status()));
        }
        Optional<Operation> offered = operation(info.json());
        return Inventory.healthy(
                        version(info.json()),
                        offered.flatMap(operation -> asset(info.json(), operation)).stream()
                                .toList(),
                        offered.map(operation -> Map.of(operation, ADAPTER)).orElse(Map.of()))
                .load(Optional.empty(), waiting(upstream));
    }

    private static boolean describesItself(Json info) {
        return Probe.name(info.get("model_id")).isPresent() && (operation(info).isPresent() || isOf(info, CLASSIFIER));
    }

    private static boolean isOf(Json info, String kind) {
        return info.get("model_type") instanceof Json.Obj type && type.members().containsKey(kind);
    }

    private static Optional<Operation> operation(Json info) {
        return KINDS.entrySet().stream()
                .filter(kind -> isOf(info, kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<Asset> asset(Json info, Operation operation) {
        return Probe.name(info.get("served_model_name"))
                .or(() -> Probe.name(info.get("model_id")))
                .map(id -> Asset.loaded(id)
                        .offering(Set.of(operation))
                        .context(info.get("max_input_length").asLong().orElse(0)));
    }

    private static OptionalInt waiting(Upstream upstream) throws InterruptedException {
        return metrics(upstream)
                .lines()
                .filter(line -> line.startsWith(WAITING))
                .mapToInt(line -> count(line.substring(WAITING.length())))
                .filter(count -> count >= 0)
                .findFirst();
    }

    /** {@return a count, -1 if it is none} */
    private static int count(String value) {
        try {
            return (int) Double.parseDouble(value);
        } catch (NumberFormatException noNumber) {
            return -1;
        }
    }

    private static String metrics(Upstream upstream) throws InterruptedException {
        Probe metrics = Probe.get(upstream, "/metrics");
        return metrics.ok() ? metrics.text() : "";
    }

    private static String version(Json info) {
        return Probe.name(info.get("version")).orElse("");
    }
}
