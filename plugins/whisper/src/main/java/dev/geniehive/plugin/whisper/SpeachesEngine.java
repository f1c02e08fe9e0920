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
import dev.geniehive.api.spi.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows speaches. It lists what is on its disk, loads it when asked, and fetches nothing by itself. */
final class SpeachesEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.TRANSCRIPTION, "whisper", Operation.TRANSLATION, "whisper");

    private static final String LOADED = "/api/ps";
    private static final String HEARING = "automatic-speech-recognition";

    @Override
    public List<Integer> usualPorts() {
        return List.of(8000);
    }

    /** Its health is open to everybody; what is loaded may need a key. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        if (!isWell(Probe.get(upstream, "/health"))) {
            return new Stranger("/health does not answer as speaches does");
        }
        Probe loaded = Probe.get(upstream, LOADED);
        return isListing(loaded) || loaded.wantsKey()
                ? new Recognised(isListing(loaded) ? Certainty.UNIQUE : Certainty.LISTING, "")
                : new Stranger("nothing at %s is speaches'".formatted(LOADED));
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        Probe loaded = Probe.get(upstream, LOADED);
        Probe models = Probe.get(upstream, "/v1/models");
        if (health.wantsKey() || loaded.wantsKey() || models.wantsKey()) {
            return Inventory.unhealthy("It wants a key for /v1/models: set api-key of the service.");
        }
        if (!isWell(health)) {
            return Inventory.unhealthy("/health answered %d and not that all is well.".formatted(health.status()));
        }
        if (!models.ok() || !(models.json().get("data") instanceof Json.Arr)) {
            return Inventory.unhealthy("/v1/models answered %d and no list of models.".formatted(models.status()));
        }
        return Inventory.healthy("", assets(models.json(), names(loaded)), ADAPTERS);
    }

    private static boolean isWell(Probe health) {
        return health.ok() && health.json().get("message").equals(Json.of("OK"));
    }

    private static boolean isListing(Probe loaded) {
        return loaded.ok()
                && loaded.json().get("models") instanceof Json.Arr names
                && names.values().stream().allMatch(Json.Str.class::isInstance);
    }

    private static Set<String> names(Probe loaded) {
        return loaded.json().get("models").items().stream()
                .flatMap(name -> name.asString().stream())
                .collect(Collectors.toSet());
    }

    /** {@return what can hear; voices, which it lists as well, are no business of ours} */
    private static List<Asset> assets(Json models, Set<String> loaded) {
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Json model : models.get("data").items()) {
            boolean hears = model.get("task").asString().orElse(HEARING).equals(HEARING);
            Probe.name(model.get("id"))
                    .filter(id -> hears)
                    .map(id -> loaded.contains(id) ? Asset.loaded(id) : Asset.installed(id))
                    .ifPresent(asset -> assets.putIfAbsent(asset.id(), asset.offering(ADAPTERS.keySet())));
        }
        return List.copyOf(assets.values());
    }
}
