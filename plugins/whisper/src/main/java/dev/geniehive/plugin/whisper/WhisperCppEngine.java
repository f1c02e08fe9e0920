package dev.geniehive.plugin.whisper;

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
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.spi.Engine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Knows whisper.cpp's server. It does not say which model it has, so the model is called {@code whisper}. */
final class WhisperCppEngine implements Engine {
    private static final String MODEL = "whisper";
    private static final String ADAPTER = "whispercpp";

    @Override
    public List<Integer> usualPorts() {
        return List.of(8080);
    }

    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        return isOwn(health)
                ? new Recognised(Certainty.HEADER, "")
                : new Stranger("its Server header is not whisper.cpp's");
    }

    /** One recording at a time; until its model is loaded, nobody listens, or its error page says "not found". */
    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        if (health.wantsKey()) {
            return Inventory.unhealthy("Something before it wants a key (status %d): set api-key of the service."
                    .formatted(health.status()));
        }
        if (isOwn(health) && (health.status() == 503 || health.status() == 404)) {
            return Inventory.without(ServiceHealth.LOADING, "It is loading its model.");
        }
        if (!health.ok() || !health.json().get("status").equals(Json.of("ok"))) {
            return Inventory.unhealthy("/health answered %d and not that all is well.".formatted(health.status()));
        }
        return Inventory.healthy(
                        "",
                        List.of(Asset.loaded(MODEL).offering(WhisperAdapter.PATHS.keySet())),
                        Map.of(Operation.TRANSCRIPTION, ADAPTER, Operation.TRANSLATION, ADAPTER))
                .load(Optional.of(new Slots(1, 0)), OptionalInt.empty());
    }

    private static boolean isOwn(Probe probe) {
        return probe.headers()
                .first("server")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("whisper.cpp");
    }
}
